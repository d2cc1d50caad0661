using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Deployment;

/// <summary>Reads the documents of a file that is not ours: what cannot be read is said, and does not stop the rest.</summary>
internal static class DeployedDocuments
{
    private const int LargestFile = 16 << 20;

    public static IReadOnlyList<YamlNode> Read(string file, ICollection<Finding> findings)
    {
        var problems = new List<Finding>();
        var text = TextFile.Read(file, LargestFile, problems);
        var documents = text is null ? [] : YamlReader.ReadAll(file, text, problems);
        var isTemplate = text?.Contains("{{", StringComparison.Ordinal) ?? false;
        foreach (var problem in problems)
            findings.Add(Unread(problem, isTemplate, new Place(file)));
        foreach (var document in documents)
        {
            if (document is YamlText { IsNothing: false })
                findings.Add(Message.NoObject(document.Place, document.Kind));
        }
        return documents;
    }

    private static Finding Unread(Finding problem, bool isTemplate, Place file) =>
        // {{ .Values.image }} without quotes is YAML: a mapping that is the key of a mapping.
        isTemplate && problem.Code is Codes.NotYaml or Codes.WrongType
            ? Message.TemplateUnread(problem.Place ?? file, problem.Fact)
            : Message.DeploymentUnread(problem.Place ?? file, problem.Fact, problem.Hint);
}
