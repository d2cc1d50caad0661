namespace InfoMetis.Release.Benchmarks;

/// <summary>How long the runs of one subject took.</summary>
internal sealed record Series(string Name, IReadOnlyList<double> Milliseconds)
{
    private const int WarmUps = 3;

    public double Least => Milliseconds.Min();

    public double Most => Milliseconds.Max();

    public double Median
    {
        get
        {
            var sorted = Milliseconds.Order().ToArray();
            var middle = sorted.Length / 2;
            return sorted.Length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        }
    }

    /// <summary>Times the subjects in turn, so that whatever else the machine does falls on all of them alike.</summary>
    public static async Task<IReadOnlyList<Series>> MeasureAsync(
        IReadOnlyList<Subject> subjects,
        int runs,
        CancellationToken cancellationToken
    )
    {
        var times = subjects.Select(_ => new List<double>(runs)).ToArray();
        for (var run = -WarmUps; run < runs; run++)
        {
            for (var i = 0; i < subjects.Count; i++)
            {
                var taken = await subjects[i].TimeAsync(cancellationToken);
                if (run >= 0)
                    times[i].Add(taken.TotalMilliseconds);
            }
        }
        return [.. subjects.Zip(times, (subject, taken) => new Series(subject.Name, taken))];
    }
}
