namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with signatures, and with the keys that make and check them.</summary>
public static partial class Message
{
    public static Finding SignatureMissing(string path) =>
        Error(
            Codes.SignatureMissing,
            path,
            $"'{path}' is not signed: there is no file of that name with the ending '.sig' beside it",
            "Get the whole bundle from whoever released it, or say --allow-unsigned, which is recorded.",
            new Place(path)
        );

    public static Finding SignatureWrong(string path, int count, string trusted) =>
        Error(
            Codes.SignatureWrong,
            path,
            $"'{path}' holds no signature by a trusted key for what lies beside it; {count} by others; trusted: {trusted}",
            "Compare the fingerprint of your key with that of whoever released this; if it is theirs, the files were changed.",
            new Place(path)
        );

    public static Finding NoTrustedKey(string path) =>
        Error(
            Codes.NoTrustedKey,
            path,
            $"no key is trusted, so nobody can tell who signed '{path}'",
            "Name the public key of whoever released it with --key; it must not come from the bundle itself.",
            new Place(path)
        );

    public static Finding KeyRefused(string path, string reason) =>
        Error(
            Codes.KeyRefused,
            path,
            $"'{path}' is no key that is used here: {Clip(reason)}",
            "Make one with 'imrel keygen', or see 'imrel explain IMR5204' for openssl.",
            new Place(path)
        );

    public static Finding KeyUnreadable(string path, string reason) =>
        Error(
            Codes.KeyUnreadable,
            path,
            $"the key '{path}' cannot be read: {Clip(reason)}",
            "Check the path and the permissions.",
            new Place(path)
        );

    public static Finding NoPassphrase(string path, string reason) =>
        Error(
            Codes.NoPassphrase,
            path,
            $"'{path}' needs a passphrase, and there is none: {Clip(reason)}",
            "Use --passphrase-file or $IMREL_KEY_PASSPHRASE, or run it on a terminal to be asked.",
            new Place(path)
        );

    public static Finding PassphraseWrong(string path) =>
        Error(
            Codes.PassphraseWrong,
            path,
            $"the passphrase does not open '{path}'",
            "Check the passphrase; of a file only the first line counts.",
            new Place(path)
        );

    public static Finding TooFewSignatures(string path, int count, int required, string signed) =>
        Error(
            Codes.TooFewSignatures,
            path,
            $"'{path}' is signed by {count} of the {required} trusted keys that are required: {signed}",
            "Have it signed by the others, or name their keys with --key too.",
            new Place(path)
        );

    public static Finding SignatureFileMalformed(string path, int line, string reason) =>
        Error(
            Codes.SignatureFileMalformed,
            path,
            $"'{path}' is not read as signatures: {Clip(reason)}",
            "Copy the file again, byte for byte; each line is one signature in base64 and ends with a line feed.",
            new Place(path, line)
        );

    public static Finding SigstoreDisagrees(string path, string reason) =>
        Error(
            Codes.SigstoreDisagrees,
            path,
            $"'{path}' does not go with the files beside it: {Clip(reason)}",
            "Get the bundle again from whoever released it.",
            new Place(path)
        );

    public static Finding UnsignedAllowed(string path, string reason) =>
        Error(
            Codes.UnsignedAllowed,
            path,
            $"'{path}' is accepted without a signature, as --allow-unsigned says: {reason}",
            "Whoever could change the files could change their hashes too.",
            new Place(path)
        ) with
        {
            Severity = Severity.Warning,
        };

    public static Finding SignerNotTrusted(string path, int line) =>
        Error(
            Codes.SignerNotTrusted,
            path,
            $"signature {line} in '{path}' was made by no trusted key, and does not count",
            "Name the key of that signer with --key if you trust it.",
            new Place(path, line)
        ) with
        {
            Severity = Severity.Warning,
        };

    public static Finding SumsUnfit(string path, string reason) =>
        Error(
            Codes.SumsUnfit,
            path,
            $"'{path}' is no list that can be signed: {Clip(reason)}",
            "Name a folder with a SHA256SUMS as sha256sum writes it.",
            new Place(path)
        );

    public static Finding SignedAlready(string path, string fingerprint) =>
        Error(
            Codes.SignedAlready,
            path,
            $"'{path}' already holds a signature by the key {fingerprint}",
            "A second one would prove nothing more; sign with another key.",
            new Place(path)
        );
}
