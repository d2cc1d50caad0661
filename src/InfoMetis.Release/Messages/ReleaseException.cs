namespace InfoMetis.Release.Messages;

/// <summary>The one exception users see: what was found, after which nothing could go on.</summary>
public sealed class ReleaseException(IReadOnlyList<Finding> findings, Exception? innerException = null)
    : Exception(findings[0].Fact, innerException)
{
    public ReleaseException(Finding finding, Exception? innerException = null)
        : this([finding], innerException) { }

    /// <summary>The first of them.</summary>
    public Finding Finding => Findings[0];

    public IReadOnlyList<Finding> Findings { get; } = findings;
}
