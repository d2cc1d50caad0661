using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Manifests;

/// <summary>Reads the lists of images; names and references must be unique over all of them.</summary>
internal sealed class ImageListReader(IReadOnlyList<string> stacks, ICollection<Finding> findings)
{
    private const int MostStacksNamed = 12;

    private readonly HashSet<string> _stacks = new(stacks, StringComparer.Ordinal);
    private readonly string _knownStacks = stacks.Count switch
    {
        0 => "none",
        <= MostStacksNamed => string.Join(", ", stacks),
        _ => string.Join(", ", stacks.Take(MostStacksNamed).Append("…")),
    };
    private readonly Dictionary<string, Place> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ReleaseImage> _tagged = new(StringComparer.Ordinal);

    public IReadOnlyList<ReleaseImage> Read(IReadOnlyList<YamlMap> maps, ImageGroup group)
    {
        var images = new List<ReleaseImage>(maps.Count);
        foreach (var map in maps)
        {
            if (Image(map, group) is { } image)
                images.Add(image);
        }
        return images;
    }

    private ReleaseImage? Image(YamlMap map, ImageGroup group)
    {
        var section = new Section(map, group is ImageGroup.Apps ? "an image" : "an auxiliary image", findings);
        var name = Name(section);
        var reference = Reference(section, name ?? "image");
        var version = Version(section);
        var stack = group is ImageGroup.Apps ? Stack(section, name ?? "image") : null;
        section.Close();
        if (name is null || reference is null)
            return null;
        var image = new ReleaseImage
        {
            Name = name,
            Reference = reference,
            Group = group,
            StatedVersion = version,
            Stack = stack,
            Place = section.PlaceOf("image"),
        };
        CheckUnique(image);
        return image;
    }

    private string? Name(Section section)
    {
        var name = section.RequiredText("name");
        if (name is null)
            return null;
        var place = section.PlaceOf("name");
        if (!Names.IsName(name))
            findings.Add(Message.BadValue(place, "name", name, Names.Rule));
        else if (!_names.TryAdd(name, place))
            findings.Add(Message.DuplicateName(place, name, _names[name]));
        return name;
    }

    private ImageReference? Reference(Section section, string name)
    {
        var text = section.RequiredText("image");
        if (text is null)
            return null;
        var place = section.PlaceOf("image");
        if (!ImageReference.TryParse(text, out var reference, out var reason))
        {
            findings.Add(Objection(place, name, text, reason));
            return null;
        }
        if (reference.Tag is null)
            findings.Add(Message.NoTag(place, name, reference.ToString()));
        if (reference.Digest is null)
            findings.Add(Message.Unpinned(place, name, reference.ToString()));
        return reference;
    }

    /// <summary>A bad digest is told apart from a bad name: the name may be right and only the pin mistyped.</summary>
    private static Finding Objection(Place place, string name, string text, string reason)
    {
        var at = text.IndexOf('@', StringComparison.Ordinal);
        return at >= 0 && !Digest.TryParse(text[(at + 1)..], out _)
            ? Message.BadDigest(place, name, text[(at + 1)..], reason)
            : Message.BadReference(place, name, text, reason);
    }

    private string? Version(Section section)
    {
        var version = section.Text("version");
        if (version is not null && !Names.IsVersion(version))
            findings.Add(Message.BadValue(section.PlaceOf("version"), "version", version, Names.VersionRule));
        return version;
    }

    private string? Stack(Section section, string name)
    {
        var stack = section.Text("stack");
        if (stack is not null && !_stacks.Contains(stack))
            findings.Add(Message.UnknownStack(section.PlaceOf("stack"), name, stack, _knownStacks));
        return stack;
    }

    private void CheckUnique(ReleaseImage image)
    {
        if (_tagged.TryAdd(image.Reference.Tagged, image))
            return;
        var first = _tagged[image.Reference.Tagged];
        if (image.Reference.Digest is { } here && first.Reference.Digest is { } there && here != there)
        {
            findings.Add(
                Message.TwoDigests(
                    image.Place,
                    image.Name,
                    image.Reference.Tagged,
                    here.ToString(),
                    there.ToString(),
                    first.Place
                )
            );
        }
        else
        {
            findings.Add(Message.DuplicateImage(image.Place, image.Name, image.Reference.Tagged, first.Place));
        }
    }
}
