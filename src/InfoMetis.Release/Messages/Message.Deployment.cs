namespace InfoMetis.Release.Messages;

/// <summary>What Kubernetes YAML deploys, compared with what a release holds.</summary>
public static partial class Message
{
    public static Finding DeployedNotInRelease(Place place, string reference, string heldTags) =>
        Deployed(
            Codes.DeployedNotInRelease,
            Severity.Error,
            reference,
            $"{reference} is deployed but is not in the release, so the site will not have it",
            heldTags.Length == 0
                ? "Add it to the release, or deploy another image."
                : $"The release holds this repository as {heldTags}: deploy that, or add this one to the release.",
            place
        );

    public static Finding NeverDeployed(Place place, string name, string reference) =>
        Deployed(
            Codes.NeverDeployed,
            Severity.Information,
            name,
            $"{reference} is in the release, and nothing that was read deploys it",
            "Leave it out of the release if nobody needs it.",
            place
        );

    public static Finding DeployedByTag(Place place, string name, string tagged, string digest) =>
        Deployed(
            Codes.DeployedByTag,
            Severity.Warning,
            name,
            $"{tagged} is deployed by its tag alone, while the release pins {digest}",
            $"Write {tagged}@{digest}.",
            place
        );

    public static Finding DeployedDigestDiffers(Place place, string subject, string deployed, string held) =>
        Deployed(
            Codes.DeployedDigestDiffers,
            Severity.Error,
            subject,
            $"{deployed} is deployed, while the release holds {held}",
            "Deploy the digest of the release, or pin the one that was tested in the release.",
            place
        );

    public static Finding AlwaysPullsByPolicy(Place place, string reference) =>
        AlwaysPulls(place, reference, "its policy is Always", "Write imagePullPolicy: IfNotPresent.");

    public static Finding AlwaysPullsByTag(Place place, string reference) =>
        AlwaysPulls(
            place,
            reference,
            "it names no policy, and Kubernetes then takes Always for the tag 'latest'",
            "Write imagePullPolicy: IfNotPresent, or deploy a fixed tag."
        );

    public static Finding ApiNoLongerServed(
        Place place,
        string api,
        string version,
        string gone,
        string? instead,
        string source
    ) =>
        ApiNotServed(
            place,
            api,
            $"Kubernetes {version} does not serve {api} any more, gone in {gone}",
            instead,
            source
        );

    public static Finding ApiNotYetServed(
        Place place,
        string api,
        string version,
        string since,
        string? instead,
        string source
    ) => ApiNotServed(place, api, $"Kubernetes {version} does not serve {api} yet, new in {since}", instead, source);

    public static Finding DeploymentUnread(Place place, string reason, string? hint) =>
        Deployed(
            Codes.DeploymentUnread,
            Severity.Warning,
            place.File,
            $"not checked: {Printable(reason)}",
            hint,
            place
        );

    public static Finding TemplateUnread(Place place, string reason) =>
        DeploymentUnread(
            place,
            $"{reason}; the file holds '{{{{', as templates do",
            "Render the template first, and check what comes out."
        );

    public static Finding DeployedImageUnread(Place place, string value, string reason) =>
        DeploymentUnread(
            place,
            $"{Quote(value)} is not an image reference: {reason}",
            value.Contains("{{", StringComparison.Ordinal)
                ? "Render the template first, and check what comes out."
                : "Write registry/repository:tag@sha256:…."
        );

    public static Finding DeployedImageNoText(Place place, string kind) =>
        DeploymentUnread(place, $"the image is a {kind} where a text is expected", null);

    public static Finding NoObject(Place place, string kind) =>
        DeploymentUnread(
            place,
            $"the document is a {kind} where a Kubernetes object is expected",
            "Check that this is the file you meant."
        );

    public static Finding FolderWithoutYaml(string folder) =>
        DeploymentUnread(
            new Place(folder),
            $"the folder {Quote(folder)} holds no file that ends in .yaml, .yml or .json",
            "Check the path."
        );

    public static Finding FolderUnread(string folder, string reason) =>
        DeploymentUnread(new Place(folder), $"the folder {Quote(folder)}: {reason}", "Check the permissions.");

    public static Finding FolderLinkUnread(string folder) =>
        DeploymentUnread(
            new Place(folder),
            $"{Quote(folder)} is a link to a folder, and such links are not followed",
            "Name what it points to as a path of its own."
        );

    public static Finding PipeUnread(string file) =>
        DeploymentUnread(
            new Place(file),
            $"{Quote(file)} is a pipe, and nobody may ever write to it",
            "Name it as a path of its own to have it read."
        );

    public static Finding TooManyFiles(Place first, int found, int limit) =>
        DeploymentUnread(
            first,
            $"{found:N0} files were found and only the first {limit:N0} are read; this is the first that is not",
            "Name smaller folders, and check them one after the other."
        );

    private static Finding AlwaysPulls(Place place, string reference, string reason, string hint) =>
        Deployed(
            Codes.AlwaysPulls,
            Severity.Warning,
            reference,
            $"{reference} is pulled at every start, which fails without a network: {reason}",
            hint,
            place
        );

    private static Finding ApiNotServed(Place place, string api, string fact, string? instead, string source) =>
        Deployed(
            Codes.ApiNotServed,
            Severity.Error,
            api,
            fact,
            instead is null
                ? "No other version of it is known to be served there: leave the object out."
                : $"Write apiVersion: {instead}.",
            place
        ) with
        {
            Source = source,
        };

    private static Finding Deployed(
        string code,
        Severity severity,
        string subject,
        string fact,
        string? hint,
        Place place
    ) => new(code, severity, subject, fact) { Hint = hint, Place = place };
}
