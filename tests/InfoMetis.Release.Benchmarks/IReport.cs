namespace InfoMetis.Release.Benchmarks;

/// <summary>What a benchmark has to say.</summary>
internal interface IReport
{
    byte[] ToJson();

    string ToMarkdown();
}
