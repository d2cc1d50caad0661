using InfoMetis.Release.EndToEnd.Harness;
using YamlDotNet.RepresentationModel;

namespace InfoMetis.Release.EndToEnd.Nightly;

/// <summary>docs/ci/nightly.yml, as far as a machine of ours can do what it says.</summary>
internal static class Workflow
{
    private static readonly YamlMappingNode Root = Read();

    public static IReadOnlyDictionary<string, string> Variables { get; } = Texts(Root, "env");

    public static IReadOnlyDictionary<string, WorkflowJob> Jobs { get; } =
        Map(Root, "jobs")!
            .Children.ToDictionary(job => job.Key.ToString(), job => WorkflowJob.Of((YamlMappingNode)job.Value));

    internal static YamlMappingNode? Map(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? (YamlMappingNode)value : null;

    internal static string? Text(YamlMappingNode node, string key) =>
        node.Children.TryGetValue(key, out var value) ? ((YamlScalarNode)value).Value : null;

    internal static IReadOnlyDictionary<string, string> Texts(YamlMappingNode node, string key) =>
        Map(node, key)?.Children.ToDictionary(pair => pair.Key.ToString(), pair => pair.Value.ToString()) ?? [];

    private static YamlMappingNode Read()
    {
        using var reader = new StreamReader(RepositoryRoot.PathOf("docs", "ci", "nightly.yml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (YamlMappingNode)yaml.Documents.Single().RootNode;
    }
}

/// <param name="Needs">The job that comes before it.</param>
internal sealed record WorkflowJob(string? Needs, IReadOnlyList<WorkflowStep> Steps)
{
    /// <summary>The files that it keeps.</summary>
    public IEnumerable<string> Kept =>
        Steps
            .Where(step => step.Uses?.StartsWith("actions/upload-artifact@", StringComparison.Ordinal) ?? false)
            .SelectMany(step => step.With["path"].Split('\n', StringSplitOptions.RemoveEmptyEntries));

    public static WorkflowJob Of(YamlMappingNode job) =>
        new(
            Workflow.Text(job, "needs"),
            [.. ((YamlSequenceNode)job["steps"]).Select(step => WorkflowStep.Of((YamlMappingNode)step))]
        );
}

/// <param name="Run">What a shell is given.</param>
/// <param name="Uses">What somebody else wrote.</param>
internal sealed record WorkflowStep(
    string? Run,
    string? Uses,
    IReadOnlyDictionary<string, string> Variables,
    IReadOnlyDictionary<string, string> With
)
{
    public static WorkflowStep Of(YamlMappingNode step) =>
        new(
            Workflow.Text(step, "run"),
            Workflow.Text(step, "uses"),
            Workflow.Texts(step, "env"),
            Workflow.Texts(step, "with")
        );
}
