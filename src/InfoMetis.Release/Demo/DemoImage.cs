using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Demo;

/// <summary>A small image that bears the name of a real one, and runs.</summary>
/// <param name="Name">With its tag, fully qualified.</param>
/// <param name="Content">What it refers to comes before what refers to it; the root is the last.</param>
public sealed record DemoImage(string Name, IReadOnlyList<DemoContent> Content)
{
    public Descriptor Root => Content[^1].Descriptor;
}
