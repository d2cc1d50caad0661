using FsCheck;
using FsCheck.Fluent;

namespace InfoMetis.Release.Tests.Deployment;

public class Any_text
{
    private static readonly string[] Pieces =
    [
        "apiVersion: ",
        "apps/v1",
        "kind: ",
        "List",
        "items:",
        "containers:",
        "volumes:",
        "image: ",
        "reference: ",
        "imagePullPolicy: ",
        "Always",
        "nginx",
        "@sha256:",
        ":",
        "\n",
        "  ",
        "- ",
        "---\n",
        "{",
        "}",
        "{{",
        "[",
        "]",
        ",",
        "\"",
        "'",
        "&a ",
        "*a",
        "<<: ",
        "!",
        "|",
        ">",
        "%",
        "\t",
        "\0",
        "\uFEFF",
        "é",
        "?",
        "#",
    ];

    [Fact]
    public void Is_read_without_throwing() =>
        Prop.ForAll<string>(text => Survives(text ?? "")).QuickCheckThrowOnFailure();

    [Fact]
    public void That_looks_like_Kubernetes_is_read_without_throwing() =>
        Prop.ForAll(Gen.Elements(Pieces).ListOf().Select(string.Concat).ToArbitrary(), text => Survives(text))
            .Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    private static bool Survives(string text) =>
        DeployedFolder.Findings(text).TrueForAll(f => f.Code.StartsWith("IMR202", StringComparison.Ordinal));
}
