namespace InfoMetis.Release.Benchmarks.Pulling;

/// <summary>A program that fills a layout with all images of the corpus.</summary>
/// <param name="Layout">The folder it fills; removed before each run where it is to start from nothing.</param>
internal sealed record Puller(string Name, string Program, IReadOnlyList<string> Arguments, string Layout)
{
    public bool StartsEmpty { get; init; } = true;

    /// <summary>A program that brought less than the others did not do the same work.</summary>
    public void CheckLayout(long atLeast)
    {
        var size = Directory
            .EnumerateFiles(Path.Combine(Layout, "blobs", "sha256"))
            .Sum(file => new FileInfo(file).Length);
        if (size < atLeast)
            throw new MeasuringException($"{Name} left {size} bytes where there are {atLeast}");
    }
}
