namespace InfoMetis.Release.Messages;

/// <summary>What can keep an image from being pinned.</summary>
public static partial class Message
{
    /// <param name="there">The platforms there are; empty where none is known.</param>
    public static Finding PlatformLacking(Place place, string name, string reference, string platform, string there) =>
        Error(
            Codes.PlatformLacking,
            name,
            $"{reference} is not there for {platform}",
            there.Length == 0
                ? "It names no platform that is known here; take another image."
                : $"It is there for {there}; take another tag, or another platform.",
            place
        );

    public static Finding PinNotEditable(Place place, string name, string pinned) =>
        Error(
            Codes.PinNotEditable,
            name,
            $"{name} is not written on one line, plain or in quotes without escapes, so its digest is not put in",
            $"Write {pinned} by hand.",
            place
        );

    public static Finding ManifestChanged(string file) =>
        Error(
            Codes.ManifestChanged,
            file,
            $"'{Printable(file)}' was changed by somebody else meanwhile, so nothing is written",
            "Look at the change, then run again.",
            new Place(file)
        );
}
