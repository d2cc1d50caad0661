using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Coupling;

/// <summary>What manifests are judged by: the files built into this program, or those of a folder in their place.</summary>
public sealed class BomFolder
{
    public const string CatalogFile = "k0s-catalog.yaml";
    public const string CouplingsFile = "couplings.yaml";

    public const string ServedApisFile = "kubernetes-apis.yaml";

    private const int LargestFile = 16 << 20;

    private readonly string? _path;

    private BomFolder(string? path) => _path = path;

    public static BomFolder BuiltIn { get; } = new(path: null);

    public static BomFolder At(string path) => new(path);

    public CouplingRules? Rules(ICollection<Finding> findings) =>
        Text(CouplingsFile, findings) is { } text ? CouplingRules.Read(NameOf(CouplingsFile), text, findings) : null;

    public K0sCatalog? Catalog(ICollection<Finding> findings) =>
        Text(CatalogFile, findings) is { } text ? K0sCatalog.Read(NameOf(CatalogFile), text, findings) : null;

    /// <summary>How a file of the folder is named to people.</summary>
    public string NameOf(string file) => _path is null ? $"bom/{file}" : Path.Combine(_path, file);

    public string? Text(string file, ICollection<Finding> findings) =>
        _path is null ? BuiltInText(file) : TextFile.Read(NameOf(file), LargestFile, findings);

    private static string BuiltInText(string file)
    {
        using var stream =
            typeof(BomFolder).Assembly.GetManifestResourceStream($"bom/{file}")
            ?? throw new InvalidOperationException($"{file} is not built in");
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return Encoding.UTF8.GetString(bytes);
    }
}
