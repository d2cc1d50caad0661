using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Registries;

/// <summary>A certificate authority that openssl made for one test, and the certificate it gave to 127.0.0.1.</summary>
internal sealed record Authority(string File, (string File, string Key) Server)
{
    private static readonly string[] NewKey =
    [
        "req",
        "-x509",
        "-newkey",
        "ec",
        "-pkeyopt",
        "ec_paramgen_curve:P-256",
        "-noenc",
        "-days",
        "2",
    ];

    public static async Task<Authority> MakeAsync(ScratchFolder scratch)
    {
        var (ca, caKey) = (scratch.PathOf("ca.pem"), scratch.PathOf("ca.key"));
        var (server, serverKey) = (scratch.PathOf("server.pem"), scratch.PathOf("server.key"));
        await OpensslAsync([.. NewKey, "-subj", "/CN=authority of the test", "-out", ca, "-keyout", caKey]);
        string[] issued = ["-CA", ca, "-CAkey", caKey, "-out", server, "-keyout", serverKey];
        string[] names = ["-subj", "/CN=registry", "-addext", "subjectAltName=IP:127.0.0.1"];
        await OpensslAsync([.. NewKey, .. issued, .. names, "-addext", "basicConstraints=critical,CA:FALSE"]);
        return new Authority(ca, (server, serverKey));
    }

    private static async Task OpensslAsync(string[] arguments)
    {
        var finished = await new Run("openssl", arguments).ToEndAsync();
        finished.ExitCode.ShouldBe(0, finished.Error);
    }
}
