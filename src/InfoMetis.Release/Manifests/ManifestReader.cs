using System.Globalization;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;
using NuGet.Versioning;

namespace InfoMetis.Release.Manifests;

/// <summary>Reads a release manifest, and reports everything that is wrong with it at once, from top to bottom.</summary>
public sealed class ManifestReader
{
    internal const int LargestManifest = 1 << 20;
    private const int LongestVersion = 64;

    private static readonly Comparer<Place?> FromTopToBottom = Comparer<Place?>.Create(
        (one, other) =>
            (one?.Line ?? 0).CompareTo(other?.Line ?? 0) is var order and not 0
                ? order
                : (one?.Column ?? 0).CompareTo(other?.Column ?? 0)
    );

    private readonly ICollection<Finding> _findings;
    private readonly Section _section;
    private readonly IReadOnlyList<string> _stacks;

    private ManifestReader(YamlMap root, ICollection<Finding> findings)
    {
        _findings = findings;
        _section = new Section(root, "a release manifest", findings);
        DocumentHeader.Check(_section, ReleaseManifest.ApiVersion, ReleaseManifest.Kind, findings);
        _stacks = Stacks();
    }

    /// <summary>The manifest, or null with at least one error that says why there is none.</summary>
    public static ReleaseManifest? Read(string file, ICollection<Finding> findings) =>
        TextFile.Read(file, LargestManifest, findings) is { } text ? Parse(file, text, findings) : null;

    /// <summary>As <see cref="Read"/>, from text in hand.</summary>
    public static ReleaseManifest? Parse(string file, string text, ICollection<Finding> findings)
    {
        var found = new List<Finding>();
        ReleaseManifest? manifest = null;
        var node = YamlReader.ReadOne(file, text, found);
        if (node is YamlMap root)
            manifest = new ManifestReader(root, found).Manifest(file);
        else if (node is not null)
            found.Add(Message.WrongType(node.Place, "the document", "mapping", node.Kind));
        foreach (var finding in Sorted(found))
            findings.Add(finding);
        // An image without a digest is reported but leaves the manifest readable; nothing else does.
        return found.TrueForAll(f => f.Code == Codes.Unpinned) ? manifest : null;
    }

    /// <summary>Most findings come in order as they are, and setting up a sort takes longer than seeing that.</summary>
    private static IEnumerable<Finding> Sorted(List<Finding> found)
    {
        for (var i = 1; i < found.Count; i++)
        {
            if (FromTopToBottom.Compare(found[i - 1].Place, found[i].Place) > 0)
                return found.OrderBy(finding => finding.Place, FromTopToBottom);
        }
        return found;
    }

    private ReleaseManifest? Manifest(string file)
    {
        var name = Name();
        var version = Version();
        var released = Released();
        var k0s = K0s();
        var platforms = Platforms();
        var images = new ImageListReader(_stacks, _findings);
        var apps = images.Read(_section.RequiredMaps("apps"), ImageGroup.Apps);
        var auxiliary = images.Read(_section.Maps("auxiliary"), ImageGroup.Auxiliary);
        var files = FileListReader.Read(_section.Maps("files"), _findings);
        _section.Close();
        if (name is null || version is null || released is null || k0s is null)
            return null;
        return new ReleaseManifest
        {
            File = file,
            Name = name,
            Version = version,
            Released = released.Value,
            K0s = k0s.Value,
            Platforms = platforms,
            Stacks = _stacks,
            Apps = apps,
            Auxiliary = auxiliary,
            Files = files,
            K0sPlace = _section.PlaceOf("k0s"),
            AuxiliaryPlace = _section.PlaceOf("auxiliary"),
        };
    }

    private string? Name()
    {
        var name = _section.RequiredText("name");
        if (name is null || Names.IsName(name))
            return name;
        _findings.Add(Message.BadValue(_section.PlaceOf("name"), "name", name, Names.Rule));
        return null;
    }

    /// <summary>A semantic version of three numbers that prints as it is written; it becomes part of file names.</summary>
    private string? Version()
    {
        var version = _section.RequiredText("version");
        if (version is null || (version.Length <= LongestVersion && IsSemantic(version)))
            return version;
        _findings.Add(
            Message.BadValue(
                _section.PlaceOf("version"),
                "version",
                version,
                "a semantic version such as 0.5.0, of at most 64 characters"
            )
        );
        return null;
    }

    /// <summary>Three plain numbers in front: a sign, a blank or a leading zero would be read, and lost when it is printed.</summary>
    private static bool IsSemantic(string version) =>
        SemanticVersion.TryParse(version, out var parsed)
        && version.Split('-', '+')[0] == $"{parsed.Major}.{parsed.Minor}.{parsed.Patch}";

    private DateTimeOffset? Released()
    {
        const string Format = "yyyy-MM-dd'T'HH:mm:ss'Z'";
        var text = _section.RequiredText("released");
        if (text is null)
            return null;
        if (
            DateTimeOffset.TryParseExact(
                text,
                Format,
                CultureInfo.InvariantCulture,
                DateTimeStyles.AssumeUniversal,
                out var released
            )
            && released >= DateTimeOffset.UnixEpoch
        )
            return released;
        _findings.Add(
            Message.BadValue(_section.PlaceOf("released"), "released", text, "a UTC time such as 2025-07-25T21:31:16Z")
        );
        return null;
    }

    private K0sVersion? K0s()
    {
        var text = _section.RequiredText("k0s");
        if (text is null)
            return null;
        if (K0sVersion.TryParse(text, out var version))
            return version;
        _findings.Add(Message.BadK0sVersion(_section.PlaceOf("k0s"), text));
        return null;
    }

    private List<Platform> Platforms()
    {
        var platforms = new List<Platform>();
        foreach (var text in _section.RequiredTexts("platforms"))
        {
            if (!Platform.TryParse(text.Value, out var platform))
                _findings.Add(Message.UnknownPlatform(text.Place, text.Value, string.Join(", ", Platform.Known)));
            else if (platforms.Contains(platform))
                _findings.Add(Message.BadValue(text.Place, "platforms", text.Value, "named only once"));
            else
                platforms.Add(platform);
        }
        return platforms;
    }

    private List<string> Stacks()
    {
        var stacks = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var text in _section.Texts("stacks"))
        {
            if (!Names.IsName(text.Value))
                _findings.Add(Message.BadValue(text.Place, "stacks", text.Value, Names.Rule));
            else if (!seen.Add(text.Value))
                _findings.Add(Message.BadValue(text.Place, "stacks", text.Value, "named only once"));
            else
                stacks.Add(text.Value);
        }
        return stacks;
    }
}
