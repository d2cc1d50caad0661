using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Push;

public sealed class Naming_where_to_push
{
    [Theory]
    [InlineData("site.local:5000", "docker.io/library/busybox:1.35", "site.local:5000/library/busybox:1.35")]
    [InlineData("site.local", "registry.k8s.io/pause:3.5", "site.local/pause:3.5")]
    [InlineData("site.local/team/", "quay.io/k0sproject/coredns:1.8.6", "site.local/team/k0sproject/coredns:1.8.6")]
    [InlineData("localhost/a/b", "docker.io/prom/prometheus", "localhost/a/b/prom/prometheus")]
    [InlineData("[::1]:5000", "docker.io/prom/prometheus:v2", "[::1]:5000/prom/prometheus:v2")]
    public void Keeps_the_repository_below_it(string destination, string image, string expected) =>
        PushDestination.Parse(destination).Of(ImageReference.Parse(image)).ToString().ShouldBe(expected);

    [Fact]
    public void Drops_the_digest_which_nobody_can_choose() =>
        PushDestination
            .Parse("site.local")
            .Of(ImageReference.Parse($"busybox:1.35@{Digest.Of([])}"))
            .ToString()
            .ShouldBe("site.local/library/busybox:1.35");

    [Theory]
    [InlineData("")]
    [InlineData("team")]
    [InlineData("site.local//team")]
    [InlineData("site.local/Team")]
    [InlineData("site.local:5000:1")]
    [InlineData("http://site.local")]
    [InlineData("site.local/team:1.0")]
    public void Takes_nothing_that_is_no_registry(string text) => PushDestination.TryParse(text, out _).ShouldBeFalse();
}
