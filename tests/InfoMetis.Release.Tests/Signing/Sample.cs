using System.Security.Cryptography;
using System.Text;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Signing;

namespace InfoMetis.Release.Tests.Signing;

/// <summary>Keys and lists that tests of this room share.</summary>
internal static class Sample
{
    public const string List = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03  install.sh\n";

    public static byte[] Sums { get; } = Encoding.UTF8.GetBytes(List);

    // Made once: a test needs different keys, not fresh ones.
    public static SigningKey Own { get; } = SigningKey.Generate();
    public static SigningKey Other { get; } = SigningKey.Generate();
    public static SigningKey Stranger { get; } = SigningKey.Generate();

    public static TrustedKeys Trusting(params SigningKey[] keys) => new([.. keys.Select(key => key.Public)]);

    public static string Signed(params SigningKey[] keys) =>
        new SignatureFile([.. keys.Select(key => key.Sign(Sums))]).ToString();

    public static string NewKey(TemporaryFolder folder, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return Write(folder, name, key.ExportPkcs8PrivateKeyPem());
    }

    public static string Write(TemporaryFolder folder, string name, string text) =>
        folder.Write(name, Encoding.UTF8.GetBytes(text));

    /// <summary>The finding that something was refused with.</summary>
    public static Finding Refusal(Action action) => Should.Throw<ReleaseException>(action).Finding;
}
