namespace InfoMetis.Release.Messages;

/// <summary>What stands against serving images, and what who serves them should know.</summary>
public static partial class Message
{
    public static Finding ServedNameTwice(string name, string one, string other) =>
        Error(
            Codes.ServedNameTwice,
            name,
            $"{Quote(name)} would be two images: {one} and {other}",
            "Serve what belongs to one release, or start a server for each, on ports of their own.",
            null
        );

    public static Finding NothingToServe(string path) =>
        Error(
            Codes.NothingToServe,
            path,
            $"{Quote(path)} holds no image with a name that it could be asked for by",
            "Pull or copy images there under whole names, such as docker.io/library/busybox:1.35.",
            new Place(path)
        );

    public static Finding ServedWithoutName(string path, int images) =>
        Error(
            Codes.ServedWithoutName,
            path,
            $"{images:N0} of what {Quote(path)} lists has no name with a registry or repository and a tag or digest, and is not served",
            "Give it a whole name, such as docker.io/library/busybox:1.35.",
            new Place(path)
        ) with
        {
            Severity = Severity.Warning,
        };

    public static Finding ServedIncomplete(string name, string path, int missing) =>
        Error(
            Codes.ServedIncomplete,
            name,
            $"{Quote(name)} is not whole in {Quote(path)}: {missing:N0} of its contents are not there, and cannot be served",
            "Pull it again.",
            new Place(path)
        ) with
        {
            Severity = Severity.Warning,
        };

    public static Finding CannotListen(string address, string reason) =>
        Error(
            Codes.CannotListen,
            "--listen",
            $"nobody can listen at {address}: {Printable(Cut(reason, LongestReason))}",
            "Choose another port with --listen ADDRESS:PORT; port 0 is any that is free.",
            null
        );

    public static Finding TlsUnusable(string file, string keyFile, string reason) =>
        Error(
            Codes.TlsUnusable,
            "--tls",
            $"{Quote(file)} and {Quote(keyFile)} cannot be used for TLS: {Printable(Cut(reason, LongestReason))}",
            "Name a certificate and its unencrypted private key, in PEM: --tls site.crt,site.key.",
            null
        );

    public static Finding ListensInTheOpen(string address) =>
        Error(
            Codes.ListensInTheOpen,
            "--listen",
            $"{address} is open to others, and what is served there is neither encrypted nor asked a password for",
            "Use --tls CERT,KEY, or let only the machines of the site reach it.",
            null
        ) with
        {
            Severity = Severity.Warning,
        };

    public static Finding WebFrameworkMissing(string runtime, string reason) =>
        Error(
            Codes.WebFrameworkMissing,
            "imrel serve",
            $"this machine has no ASP.NET Core for .NET {runtime}: {Printable(Cut(reason, LongestReason))}",
            "Install the ASP.NET Core runtime beside the .NET runtime, or use the imrel that is one file.",
            null
        );
}
