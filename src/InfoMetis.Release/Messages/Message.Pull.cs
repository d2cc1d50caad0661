namespace InfoMetis.Release.Messages;

/// <summary>What can keep an image from being pulled, where neither a registry nor the disk is at fault.</summary>
public static partial class Message
{
    public static Finding StoredBlobDamaged(string digest, string state, string? detail) =>
        Error(
            Codes.StoredBlobDamaged,
            digest,
            detail is null
                ? $"{digest} in the store is {state}"
                : $"{digest} in the store is {state}: {Printable(detail)}",
            "Pull the release again: what it needs of it is fetched anew.",
            place: null
        );

    public static Finding OfflineMissing(string digest, string store) =>
        Error(
            Codes.OfflineMissing,
            digest,
            $"{digest} is not in the store '{store}', and nothing may be fetched",
            "Pull where there is a network, or name a layout that has it with --from.",
            place: null
        );
}
