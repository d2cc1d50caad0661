using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Manifests;

/// <summary>Each thing that can be wrong with a manifest: one fault, one finding, in its exact place.</summary>
public sealed class ManifestFindingsTests
{
    private const string NameRule =
        "which is not lower-case letters, digits and single dashes, at most 63, starting and ending with a letter or digit";
    private const string VersionRule =
        "which is not a version such as 1.18.1: letters, digits, '.', '_', '+', '-', at most 128, starting with a letter or digit";
    private const string ReleaseRule = "which is not a semantic version such as 0.5.0, of at most 64 characters";
    private const string TimeRule = "which is not a UTC time such as 2025-07-25T21:31:16Z";
    private const string Known =
        "Known are linux/386, linux/amd64, linux/arm/v5, linux/arm/v6, linux/arm/v7, linux/arm64, linux/loong64,"
        + " linux/mips64le, linux/ppc64le, linux/riscv64, linux/s390x, windows/amd64.";

    [Theory]
    [InlineData(
        "apiVersion: infometis.io/release/v1\n",
        "",
        "1:1 IMR1010 apiVersion: 'apiVersion' is missing from a release manifest | Add 'apiVersion:'."
    )]
    [InlineData(
        "infometis.io/release/v1",
        "v1",
        "1:13 IMR1012 apiVersion: 'v1' is not read here, 'infometis.io/release/v1' is | Write 'infometis.io/release/v1'."
    )]
    [InlineData(
        "infometis.io/release/v1",
        "infometis.io/release/v0",
        "1:13 IMR1012 apiVersion: 'infometis.io/release/v0' is not read here, 'infometis.io/release/v1' is | Write 'infometis.io/release/v1'."
    )]
    [InlineData(
        "infometis.io/release/v1",
        "infometis.io/release/v1beta1",
        "1:13 IMR1012 apiVersion: 'infometis.io/release/v1beta1' is not read here, 'infometis.io/release/v1' is | Write 'infometis.io/release/v1'."
    )]
    [InlineData(
        "infometis.io/release/v1",
        "infometis.io/release/v2",
        "1:13 IMR1013 apiVersion: 'infometis.io/release/v2' is newer than 'infometis.io/release/v1', the newest that this imrel reads | Use a newer imrel."
    )]
    [InlineData("kind: Release\n", "", "1:1 IMR1010 kind: 'kind' is missing from a release manifest | Add 'kind:'.")]
    [InlineData("kind: Release", "kind: release", "2:7 IMR1014 kind: 'kind' is 'release', which is not 'Release'")]
    [InlineData("name: infometis\n", "", "1:1 IMR1010 name: 'name' is missing from a release manifest | Add 'name:'.")]
    [InlineData(
        "name: infometis",
        "name:",
        "3:6 IMR1010 name: 'name' is missing from a release manifest | Add 'name:'."
    )]
    [InlineData("name: infometis", "name: InfoMetis", "3:7 IMR1014 name: 'name' is 'InfoMetis', " + NameRule)]
    [InlineData("name: infometis", "name: ''", "3:7 IMR1014 name: 'name' is '', " + NameRule)]
    [InlineData("name: infometis", "name: -a", "3:7 IMR1014 name: 'name' is '-a', " + NameRule)]
    [InlineData("name: infometis", "name: a-", "3:7 IMR1014 name: 'name' is 'a-', " + NameRule)]
    [InlineData("name: infometis", "name: a--b", "3:7 IMR1014 name: 'name' is 'a--b', " + NameRule)]
    [InlineData("name: infometis", "name: a.b", "3:7 IMR1014 name: 'name' is 'a.b', " + NameRule)]
    [InlineData("name: infometis", "name: [a]", "3:7 IMR1008 name: 'name' is a list where a text is expected")]
    [InlineData(
        "version: 0.5.0\n",
        "",
        "1:1 IMR1010 version: 'version' is missing from a release manifest | Add 'version:'."
    )]
    [InlineData("version: 0.5.0", "version: 0.5", "4:10 IMR1014 version: 'version' is '0.5', " + ReleaseRule)]
    [InlineData("version: 0.5.0", "version: v0.5.0", "4:10 IMR1014 version: 'version' is 'v0.5.0', " + ReleaseRule)]
    [InlineData("version: 0.5.0", "version: 0.05.0", "4:10 IMR1014 version: 'version' is '0.05.0', " + ReleaseRule)]
    [InlineData(
        "version: 0.5.0",
        "version: {a: b}",
        "4:10 IMR1008 version: 'version' is a mapping where a text is expected"
    )]
    [InlineData(
        "released: 2025-07-25T21:31:16Z\n",
        "",
        "1:1 IMR1010 released: 'released' is missing from a release manifest | Add 'released:'."
    )]
    [InlineData("2025-07-25T21:31:16Z", "2025-07-25", "5:11 IMR1014 released: 'released' is '2025-07-25', " + TimeRule)]
    [InlineData(
        "2025-07-25T21:31:16Z",
        "2025-07-25T21:31:16+00:00",
        "5:11 IMR1014 released: 'released' is '2025-07-25T21:31:16+00:00', " + TimeRule
    )]
    [InlineData(
        "2025-07-25T21:31:16Z",
        "2025-02-30T21:31:16Z",
        "5:11 IMR1014 released: 'released' is '2025-02-30T21:31:16Z', " + TimeRule
    )]
    [InlineData(
        "2025-07-25T21:31:16Z",
        "1969-12-31T23:59:59Z",
        "5:11 IMR1014 released: 'released' is '1969-12-31T23:59:59Z', " + TimeRule
    )]
    [InlineData("k0s: v1.23.17+k0s.1\n", "", "1:1 IMR1010 k0s: 'k0s' is missing from a release manifest | Add 'k0s:'.")]
    [InlineData(
        "k0s: v1.23.17+k0s.1",
        "k0s: v1.23.17",
        "6:6 IMR1017 k0s: 'v1.23.17' is not a k0s version | Write it whole, as in v1.23.17+k0s.1."
    )]
    [InlineData(
        "platforms: [linux/amd64]\n",
        "",
        "1:1 IMR1010 platforms: 'platforms' is missing from a release manifest | Add 'platforms:'."
    )]
    [InlineData(
        "[linux/amd64]",
        "[]",
        "7:12 IMR1015 platforms: 'platforms' is empty | Name at least one under 'platforms:'."
    )]
    [InlineData(
        "[linux/amd64]",
        "linux/amd64",
        "7:12 IMR1008 platforms: 'platforms' is a text where a list is expected"
    )]
    [InlineData(
        "[linux/amd64]",
        "[linux/amd64, ~]",
        "7:26 IMR1008 platforms[]: 'platforms[]' is a missing value where a text is expected"
    )]
    [InlineData(
        "[linux/amd64]",
        "[linux/amd64, beos/ppc]",
        "7:26 IMR1016 platforms: 'beos/ppc' is not a platform known here | " + Known
    )]
    [InlineData(
        "[linux/amd64]",
        "[linux/arm64, linux/arm64/v8]",
        "7:26 IMR1014 platforms: 'platforms' is 'linux/arm64/v8', which is not named only once"
    )]
    [InlineData(
        "[small, large]",
        "[small, large, small]",
        "8:24 IMR1014 stacks: 'stacks' is 'small', which is not named only once"
    )]
    [InlineData("[small, large]", "[Small, large]", "8:10 IMR1014 stacks: 'stacks' is 'Small', " + NameRule)]
    [InlineData(
        "[small, large]",
        "[[small], large]",
        "8:10 IMR1008 stacks[]: 'stacks[]' is a list where a text is expected"
    )]
    public void A_fault_in_the_head_is_found(string old, string replacement, string finding) =>
        Fault.Finds(old, replacement, finding);

    [Theory]
    [InlineData(
        "  - name: nifi\n",
        "  - version: 1\n",
        "10:5 IMR1010 name: 'name' is missing from an image | Add 'name:'.",
        "    version: 1.23.2\n"
    )]
    [InlineData("name: nifi", "name: NiFi", "10:11 IMR1014 name: 'name' is 'NiFi', " + NameRule)]
    [InlineData(
        "name: pause",
        "name: nifi",
        "15:11 IMR1022 nifi: the name 'nifi' is given twice, first on line 10 | Give each image a name of its own."
    )]
    [InlineData(
        "image: apache",
        "imag: apache",
        "10:5 IMR1010 image: 'image' is missing from an image | Add 'image:'.\n11:5 IMR1009 imag: 'imag' is not a key of an image | Did you mean 'image'?"
    )]
    [InlineData(
        "image: apache",
        "image: quay.io/Apache",
        "11:12 IMR1018 nifi: 'quay.io/Apache/nifi:1.23.2@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' is not an image reference: the repository must be lower case | Write registry/repository:tag@sha256:…."
    )]
    [InlineData(
        "apache/nifi:1.23.2@",
        "apache/nifi:@",
        "11:12 IMR1018 nifi: 'apache/nifi:@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…' is not an image reference: the tag may hold letters, digits, '_', '.', '-', at most 128, and not start with '.' or '-' | Write registry/repository:tag@sha256:…."
    )]
    [InlineData(
        "apache/nifi:1.23.2@",
        "apache/nifi@",
        "11:12 IMR1021 nifi: docker.io/apache/nifi@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa has no tag, so neither a pod nor a rule can name its version | Write registry/repository:tag@sha256:…."
    )]
    [InlineData(
        "nifi:1.23.2@sha256:",
        "nifi:1.23.2@sha512:",
        "11:12 IMR1019 nifi: 'sha512:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' is not a digest: only sha256 is used here | Write sha256: and 64 lower-case hexadecimal digits."
    )]
    [InlineData(
        "nifi:1.23.2@sha256:a",
        "nifi:1.23.2@sha256:A",
        "11:12 IMR1019 nifi: 'sha256:Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' is not a digest: the digits must be lower case | Write sha256: and 64 lower-case hexadecimal digits."
    )]
    [InlineData(
        "nifi:1.23.2@sha256:a",
        "nifi:1.23.2@sha256:",
        "11:12 IMR1019 nifi: 'sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa' is not a digest: 63 digits where 64 are needed | Write sha256: and 64 lower-case hexadecimal digits."
    )]
    [InlineData(
        "apache/nifi:1.23.2@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "apache/nifi:1.23.2",
        "11:12 IMR1020 nifi: docker.io/apache/nifi:1.23.2 is not pinned: no digest says which bytes are meant | Run 'imrel pin', or add @sha256:… of the image index."
    )]
    [InlineData("version: 1.23.2", "version: ''", "12:14 IMR1014 version: 'version' is '', " + VersionRule)]
    [InlineData("version: 1.23.2", "version: -1", "12:14 IMR1014 version: 'version' is '-1', " + VersionRule)]
    [InlineData("version: 1.23.2", "version: 1 2", "12:14 IMR1014 version: 'version' is '1 2', " + VersionRule)]
    [InlineData(
        "stack: large",
        "stack: larger",
        "13:12 IMR1025 nifi: the stack 'larger' is not declared under 'stacks' | Declared are small, large."
    )]
    [InlineData(
        "stacks: [small, large]\n",
        "",
        "12:12 IMR1025 nifi: the stack 'large' is not declared under 'stacks' | Declared are none."
    )]
    [InlineData(
        "auxiliary:\n  - name: pause\n",
        "auxiliary:\n  - name: pause\n    stack: large\n",
        "16:5 IMR1009 stack: 'stack' is not a key of an auxiliary image | Remove it, or check its indentation."
    )]
    [InlineData(
        "auxiliary:\n",
        "auxiliary:\n  - text\n",
        "15:5 IMR1008 auxiliary[]: 'auxiliary[]' is a text where a mapping is expected"
    )]
    [InlineData(
        "auxiliary:\n",
        "auxillary:\n",
        "14:1 IMR1009 auxillary: 'auxillary' is not a key of a release manifest | Did you mean 'auxiliary'?"
    )]
    public void A_fault_in_an_image_is_found(string old, string replacement, string finding, string? also = null) =>
        Fault.Finds(old, replacement, finding, also);

    [Fact]
    public void An_image_without_a_name_is_called_an_image() =>
        Fault.FindsIn(
            Sample.Before(14, "  - image: a/b:1@\n    stack: huge"),
            "14:5 IMR1010 name: 'name' is missing from an image | Add 'name:'.\n"
                + "14:12 IMR1019 image: '' is not a digest: it names no algorithm"
                + " | Write sha256: and 64 lower-case hexadecimal digits.\n"
                + "15:12 IMR1025 image: the stack 'huge' is not declared under 'stacks' | Declared are small, large."
        );

    [Fact]
    public void An_image_listed_twice_is_found() =>
        Fault.FindsIn(
            Sample.Before(14, $"  - name: other\n    image: docker.io/apache/nifi:1.23.2@sha256:{Sample.A}"),
            "15:12 IMR1023 other: docker.io/apache/nifi:1.23.2 is listed twice, first on line 11 | Keep one of the two."
        );

    [Fact]
    public void An_image_listed_once_with_and_once_without_a_pin_is_found() =>
        Fault.FindsIn(
            Sample.Before(14, "  - name: other\n    image: docker.io/apache/nifi:1.23.2"),
            "15:12 IMR1020 other: docker.io/apache/nifi:1.23.2 is not pinned: no digest says which bytes are meant"
                + " | Run 'imrel pin', or add @sha256:… of the image index.\n"
                + "15:12 IMR1023 other: docker.io/apache/nifi:1.23.2 is listed twice, first on line 11 | Keep one of the two."
        );

    [Fact]
    public void A_tag_with_two_digests_is_found_across_the_lists() =>
        Fault.FindsIn(
            Sample.With("registry.k8s.io/pause:3.5", "index.docker.io/apache/nifi:1.23.2"),
            $"16:12 IMR1024 pause: docker.io/apache/nifi:1.23.2 is pinned to sha256:{Sample.B} here and to sha256:{Sample.A}"
                + " on line 11; a tag can name only one | Keep the digest that was tested."
        );

    [Fact]
    public void A_list_of_no_applications_is_found()
    {
        var head = Sample.Text[..Sample.Text.IndexOf("apps:", StringComparison.Ordinal)];
        Fault.FindsIn(head, "1:1 IMR1010 apps: 'apps' is missing from a release manifest | Add 'apps:'.");
        Fault.FindsIn(head + "apps: []", "9:7 IMR1015 apps: 'apps' is empty | Name at least one under 'apps:'.");
    }

    [Theory]
    [InlineData("text", "text")]
    [InlineData("[a]", "list")]
    public void A_document_that_is_no_mapping_is_found(string text, string kind) =>
        Fault.FindsIn(text, $"1:1 IMR1008 the document: 'the document' is a {kind} where a mapping is expected");
}
