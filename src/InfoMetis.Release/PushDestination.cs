using System.Diagnostics.CodeAnalysis;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release;

/// <summary>
/// Where images are put: a registry, and perhaps a folder of repositories there. An image keeps its repository below that, without
/// its own registry, as a mirror has it.
/// </summary>
public sealed record PushDestination
{
    private const int Longest = 100;

    private readonly string _registry;
    private readonly string _prefix;

    private PushDestination(string registry, string prefix) => (_registry, _prefix) = (registry, prefix);

    public static PushDestination Parse(string text) =>
        TryParse(text, out var destination) ? destination : throw new FormatException($"'{text}' is no registry");

    /// <summary>As in site.local:5000 or site.local/team: the first part is always a registry.</summary>
    public static bool TryParse(string text, [NotNullWhen(true)] out PushDestination? destination)
    {
        destination = null;
        var (registry, prefix) = text.IndexOf('/', StringComparison.Ordinal) is var slash and >= 0
            ? (text[..slash], $"{text[(slash + 1)..].TrimEnd('/')}/")
            : (text, "");
        if (
            text.Length <= Longest
            && prefix is not "/"
            && ImageReference.TryParse($"{registry}/{prefix}folder/image", out var sample)
            && sample.Registry == registry
            && sample.Repository == $"{prefix}folder/image"
        )
            destination = new PushDestination(registry, prefix);
        return destination is not null;
    }

    /// <summary>The name of an image there, with its tag where it has one.</summary>
    public ImageReference Of(ImageReference image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return ImageReference.Parse(
            $"{_registry}/{_prefix}{image.WithDigest(null).Tagged[(image.Registry.Length + 1)..]}"
        );
    }

    public override string ToString() => $"{_registry}/{_prefix}".TrimEnd('/');
}
