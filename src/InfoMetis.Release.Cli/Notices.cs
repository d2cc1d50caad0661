using System.Collections.Concurrent;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Cli;

/// <summary>What is told on the way, by many at a time: kept, and said at the end in an order that does not depend on chance.</summary>
internal sealed class Notices
{
    private readonly ConcurrentQueue<Finding> _told = new();

    public IReadOnlyList<Finding> All =>
        [
            .. _told
                .Distinct()
                .OrderBy(f => f.Subject, StringComparer.Ordinal)
                .ThenBy(f => f.Fact, StringComparer.Ordinal),
        ];

    public void Add(Finding finding) => _told.Enqueue(finding);

    public void WriteTo(Terminal terminal)
    {
        foreach (var finding in All)
            FindingText.Write(terminal.Error, finding, terminal.ErrorPalette);
    }
}
