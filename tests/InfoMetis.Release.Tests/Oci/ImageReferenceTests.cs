using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Oci;

public sealed class ImageReferenceTests
{
    private const string Hex = "8d81a9df1435f9f3d36ac9398465ef2d5d61e671059974db753faaed14b627de";
    private const string Pin = "@sha256:" + Hex;

    [Theory]
    // Short names live on Docker Hub, and single ones in its library.
    [InlineData("busybox", "docker.io", "library/busybox", null)]
    [InlineData("busybox:1.35", "docker.io", "library/busybox", "1.35")]
    [InlineData("library/busybox:1.35", "docker.io", "library/busybox", "1.35")]
    [InlineData("docker.io/busybox:1.35", "docker.io", "library/busybox", "1.35")]
    [InlineData("index.docker.io/busybox:1.35", "docker.io", "library/busybox", "1.35")]
    [InlineData("index.docker.io/apache/nifi:1", "docker.io", "apache/nifi", "1")]
    [InlineData("apache/nifi:1.23.2", "docker.io", "apache/nifi", "1.23.2")]
    [InlineData("a/b/c:d", "docker.io", "a/b/c", "d")]
    // What stands before the first slash is a registry where it has a dot, a port or a capital, or is localhost.
    [InlineData("quay.io/k0sproject/cni-node:0.1.0", "quay.io", "k0sproject/cni-node", "0.1.0")]
    [InlineData("registry.k8s.io/pause:3.5", "registry.k8s.io", "pause", "3.5")]
    [InlineData("localhost/nifi:1", "localhost", "nifi", "1")]
    [InlineData("localhost:5000/nifi:1", "localhost:5000", "nifi", "1")]
    [InlineData("localhosts/nifi:1", "docker.io", "localhosts/nifi", "1")]
    [InlineData("registry:5000/nifi", "registry:5000", "nifi", null)]
    [InlineData("Registry/nifi:1", "Registry", "nifi", "1")]
    [InlineData("docker.io:443/nifi:1", "docker.io:443", "nifi", "1")]
    [InlineData("127.0.0.1:1/a", "127.0.0.1:1", "a", null)]
    [InlineData("127.0.0.1:65535/a", "127.0.0.1:65535", "a", null)]
    [InlineData("[::1]/a:b", "[::1]", "a", "b")]
    [InlineData("[2001:DB8::1]:5000/a:b", "[2001:DB8::1]:5000", "a", "b")]
    [InlineData("x-1.example/a", "x-1.example", "a", null)]
    // Without a slash a colon starts a tag, and nothing is a registry.
    [InlineData("localhost:5000", "docker.io", "library/localhost", "5000")]
    [InlineData("docker.io", "docker.io", "library/docker.io", null)]
    [InlineData("quay.io:1", "docker.io", "library/quay.io", "1")]
    // Separators between letters and digits.
    [InlineData("x/a.b_c__d-e---f/g:h", "docker.io", "x/a.b_c__d-e---f/g", "h")]
    [InlineData("0/1:_2.3-4", "docker.io", "0/1", "_2.3-4")]
    // An identifier is refused only where it stands alone.
    [InlineData(Hex + ":1", "docker.io", "library/" + Hex, "1")]
    [InlineData(
        "xd81a9df1435f9f3d36ac9398465ef2d5d61e671059974db753faaed14b627de/a",
        "docker.io",
        "xd81a9df1435f9f3d36ac9398465ef2d5d61e671059974db753faaed14b627de/a",
        null
    )]
    [InlineData(
        "x/81a9df1435f9f3d36ac9398465ef2d5d61e671059974db753faaed14b627de",
        "docker.io",
        "x/81a9df1435f9f3d36ac9398465ef2d5d61e671059974db753faaed14b627de",
        null
    )]
    [InlineData("library/" + Hex, "docker.io", "library/" + Hex, null)]
    public void Names_are_completed_by_the_rules_of_Docker(string text, string registry, string repository, string? tag)
    {
        foreach (var pin in (string[])["", Pin])
        {
            var reference = ImageReference.Parse(text + pin);
            reference.Registry.ShouldBe(registry);
            reference.Repository.ShouldBe(repository);
            reference.Tag.ShouldBe(tag);
            reference.Name.ShouldBe($"{registry}/{repository}");
            reference.Tagged.ShouldBe(tag is null ? reference.Name : $"{reference.Name}:{tag}");
            reference.ToString().ShouldBe(reference.Tagged + pin);
        }
    }

    [Theory]
    [InlineData(null, "it names no repository")]
    [InlineData("", "it names no repository")]
    [InlineData(":1", "it names no repository")]
    [InlineData(Pin, "it names no repository")]
    [InlineData("docker.io/", "it names no repository")]
    [InlineData("quay.io/:1", "it names no repository")]
    [InlineData(Hex, "64 hexadecimal digits alone are an identifier, not a name")]
    [InlineData("a..b/c", "the registry is no host name with an optional port")]
    [InlineData("-a.b/c", "the registry is no host name with an optional port")]
    [InlineData("a-.b/c", "the registry is no host name with an optional port")]
    [InlineData(".a/c", "the registry is no host name with an optional port")]
    [InlineData("a_b.c/d", "the registry is no host name with an optional port")]
    [InlineData(":5000/c", "the registry is no host name with an optional port")]
    [InlineData("a:/c", "the registry is no host name with an optional port")]
    [InlineData("a:x/c", "the registry is no host name with an optional port")]
    [InlineData("a:+1/c", "the registry is no host name with an optional port")]
    [InlineData("a:0/c", "the registry is no host name with an optional port")]
    [InlineData("a:65536/c", "the registry is no host name with an optional port")]
    [InlineData("a:000001/c", "the registry is no host name with an optional port")]
    [InlineData("a:1:2/c", "the registry is no host name with an optional port")]
    [InlineData("[::1/c", "the registry is no host name with an optional port")]
    [InlineData("::1]/c", "the registry is no host name with an optional port")]
    [InlineData("[]/c", "the registry is no host name with an optional port")]
    [InlineData("[abc]/c", "the registry is no host name with an optional port")]
    [InlineData("[:::]/c", "the registry is no host name with an optional port")]
    [InlineData("[::1%25lo]/c", "the registry is no host name with an optional port")]
    [InlineData("[::1]x/c", "the registry is no host name with an optional port")]
    [InlineData("https://quay.io/a", "the registry is no host name with an optional port")]
    [InlineData("Busybox", "the repository must be lower case")]
    [InlineData("quay.io/K0sproject/k0s", "the repository must be lower case")]
    [InlineData("a//b", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("/a", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a/", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a..b", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a/../b", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a___b", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a_-b", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("-a", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a-", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a__", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a.", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("é", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData(" a", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a\n", "the repository may hold lower-case letters, digits, and single '.', '_', '-' between them")]
    [InlineData("a:", "the tag may hold letters, digits, '_', '.', '-', at most 128, and not start with '.' or '-'")]
    [InlineData("a:.b", "the tag may hold letters, digits, '_', '.', '-', at most 128, and not start with '.' or '-'")]
    [InlineData("a:-b", "the tag may hold letters, digits, '_', '.', '-', at most 128, and not start with '.' or '-'")]
    [InlineData("a:b+c", "the tag may hold letters, digits, '_', '.', '-', at most 128, and not start with '.' or '-'")]
    [InlineData("a@", "it names no algorithm")]
    [InlineData("a@sha512:00", "only sha256 is used here")]
    [InlineData("a" + Pin + Pin, "136 digits where 64 are needed")]
    [InlineData("UPPER@md5:0", "only sha256 is used here")]
    public void What_is_no_reference_is_refused_with_the_reason(string? text, string reason)
    {
        ImageReference.TryParse(text, out var reference, out var found).ShouldBeFalse();
        found.ShouldBe(reason);
        reference.ShouldBeNull();
        ImageReference.TryParse(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void Parse_says_what_it_refused_and_why() =>
        Should
            .Throw<FormatException>(() => ImageReference.Parse("A"))
            .Message.ShouldBe("'A': the repository must be lower case");

    [Fact]
    public void The_longest_name_has_255_characters_with_its_registry()
    {
        var longest = new string('a', 255 - "docker.io/library/".Length);
        ImageReference.Parse(longest).Name.Length.ShouldBe(255);
        ImageReference.TryParse(longest + "a", out _, out var reason).ShouldBeFalse();
        reason.ShouldBe("the name is longer than 255 characters");
    }

    [Fact]
    public void The_longest_tag_has_128_characters()
    {
        var longest = new string('a', 128);
        ImageReference.Parse("a:" + longest).Tag.ShouldBe(longest);
        ImageReference.TryParse("a:" + longest + "a", out _).ShouldBeFalse();
    }

    [Fact]
    public void A_pin_is_put_on_and_taken_off_without_touching_the_name()
    {
        var reference = ImageReference.Parse("busybox:1.35");
        var pinned = reference.WithDigest(Digest.Parse("sha256:" + Hex));
        pinned.ToString().ShouldBe("docker.io/library/busybox:1.35" + Pin);
        pinned.WithDigest(null).ShouldBe(reference);
        pinned.ShouldNotBe(reference);
    }
}
