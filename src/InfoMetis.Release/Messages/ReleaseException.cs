namespace InfoMetis.Release.Messages;

/// <summary>The one exception users see: a finding that nothing could go on after.</summary>
public sealed class ReleaseException(Finding finding, Exception? innerException = null)
    : Exception(finding.Fact, innerException)
{
    public Finding Finding { get; } = finding;
}
