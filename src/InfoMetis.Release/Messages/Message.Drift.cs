namespace InfoMetis.Release.Messages;

/// <summary>What has changed upstream since an image was pinned.</summary>
public static partial class Message
{
    public static Finding PinVanished(Place place, string name, string reference) =>
        Error(
            Codes.PinVanished,
            name,
            $"{reference} is no longer there: its registry does not know the digest any more",
            "Keep what stores and bundles hold of it, or pin and test what is there now.",
            place
        );

    public static Finding TagMovedUpstream(Place place, string name, string tagged, string pinned, string now) =>
        Error(
            Codes.TagMovedUpstream,
            name,
            $"{tagged} now names {now}, and is pinned to {pinned}",
            "Test the new image and pin it with 'imrel pin --update', or stay with the pin.",
            place
        );

    public static Finding TagVanished(Place place, string name, string tagged, string pinned) =>
        Error(
            Codes.TagVanished,
            name,
            $"{tagged} names nothing any more, and is pinned to {pinned}",
            "Find out why it was withdrawn; the pinned image may go next.",
            place
        );

    public static Finding PlatformLost(Place place, string name, string tagged, string platforms) =>
        Error(
            Codes.PlatformLost,
            name,
            $"what {tagged} names now is not there for {platforms}, and what is pinned is",
            "Stay with the pin where that platform is needed.",
            place
        );

    public static Finding PlatformGained(Place place, string name, string tagged, string platforms) =>
        new(
            Codes.PlatformGained,
            Severity.Information,
            name,
            $"what {tagged} names now is there for {platforms} too, and what is pinned is not"
        )
        {
            Hint = "Pin it anew where that platform is needed.",
            Place = place,
        };

    /// <summary>The same fault as <see cref="Unpinned"/>, where it only means that there is nothing to compare.</summary>
    public static Finding NothingToDriftFrom(Place place, string name, string reference) =>
        Unpinned(place, name, reference) with
        {
            Severity = Severity.Information,
            Hint = "Pin it with 'imrel pin'; until then nothing can be said of it.",
        };
}
