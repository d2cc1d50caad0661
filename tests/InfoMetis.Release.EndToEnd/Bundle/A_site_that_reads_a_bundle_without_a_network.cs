using InfoMetis.Release.EndToEnd.Harness;

namespace InfoMetis.Release.EndToEnd.Bundle;

public sealed class A_site_that_reads_a_bundle_without_a_network(BundledRelease release) : IClassFixture<BundledRelease>
{
    private BundleSite Site => release.Site;

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "unshare")]
    public async Task Verifies_it()
    {
        var verified = await Offline(Site.Verify(release.Folder)).ToEndAsync();

        verified.ExitCode.ShouldBe(0, verified.Output + verified.Error);
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "unshare")]
    public async Task Verifies_its_parts_in_any_order()
    {
        var folder = await Site.BundleAsync("parts", "--part-size", "700000");
        var parts = Directory.GetFiles(folder, "*.part*").OrderDescending(StringComparer.Ordinal);

        var verified = await Offline(Site.Verify([.. parts])).ToEndAsync();

        verified.ExitCode.ShouldBe(0, verified.Output + verified.Error);
    }

    [ToolFact("docker-registry", "busybox", "zstd", "tar", "unshare")]
    public async Task Makes_it_from_what_is_there()
    {
        string[] options = ["--offline", "--store", Site.Site.Store.Folder];

        var made = await Site.MadeAsync(Offline(Site.BundleFrom("offline", options)), "offline");

        Made.Of(made).ShouldBe(Made.Of(release.Folder));
    }

    /// <summary>No interface at all, not even that of the machine to itself, and proxies that nobody answers for.</summary>
    private static Run Offline(Run run) =>
        run with
        {
            Program = "unshare",
            Arguments = ["--user", "--map-root-user", "--net", run.Program, .. run.Arguments],
            Variables = new Dictionary<string, string?>(run.Variables)
            {
                ["http_proxy"] = "http://127.0.0.1:1",
                ["https_proxy"] = "http://127.0.0.1:1",
                ["ALL_PROXY"] = "http://127.0.0.1:1",
            },
        };
}
