using FsCheck.Fluent;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;
using InfoMetis.Release.Oci;
using NuGet.Versioning;

namespace InfoMetis.Release.Tests.Manifests;

public sealed class ManifestReaderTests
{
    [Fact]
    public void A_manifest_without_fault_is_read_whole()
    {
        var (manifest, findings) = Sample.Read(Sample.Text);
        findings.ShouldBeEmpty();
        manifest.ShouldNotBeNull();
        manifest.File.ShouldBe("f");
        manifest.Name.ShouldBe("infometis");
        manifest.Version.ShouldBe("0.5.0");
        manifest.Released.ShouldBe(new DateTimeOffset(2025, 7, 25, 21, 31, 16, TimeSpan.Zero));
        manifest.Released.Offset.ShouldBe(TimeSpan.Zero);
        manifest.K0s.ShouldBe(K0sVersion.Parse("v1.23.17+k0s.1"));
        manifest.Platforms.ShouldBe([Platform.Parse("linux/amd64")]);
        manifest.Stacks.ShouldBe(["small", "large"]);
        manifest.K0sPlace.ShouldBe(new Place("f", 6, 6));
        manifest.AuxiliaryPlace.ShouldBe(new Place("f", 15, 3));
    }

    [Fact]
    public void Images_keep_what_was_said_of_them_and_where()
    {
        var (manifest, _) = Sample.Read(Sample.Text);
        var (app, auxiliary) = (manifest!.Apps.Single(), manifest.Auxiliary.Single());
        app.ShouldBe(
            new ReleaseImage
            {
                Name = "nifi",
                Reference = ImageReference.Parse($"docker.io/apache/nifi:1.23.2@sha256:{Sample.A}"),
                Group = ImageGroup.Apps,
                StatedVersion = "1.23.2",
                Stack = "large",
                Place = new Place("f", 11, 12),
            }
        );
        auxiliary.ShouldBe(
            new ReleaseImage
            {
                Name = "pause",
                Reference = ImageReference.Parse($"registry.k8s.io/pause:3.5@sha256:{Sample.B}"),
                Group = ImageGroup.Auxiliary,
                Place = new Place("f", 16, 12),
            }
        );
        (app.Version, auxiliary.Version).ShouldBe(("1.23.2", "3.5"));
        app.IsPinned.ShouldBeTrue();
        manifest.Images.ShouldBe([app, auxiliary]);
    }

    [Fact]
    public void Files_keep_what_was_said_of_them_and_where()
    {
        var text = Sample.Before(21, $"  - url: https://example.org/a?b=c\n    sha256: {Sample.A}");
        var (manifest, findings) = Sample.Read(text);
        findings.ShouldBeEmpty();
        manifest!.Files.ShouldBe([
            new ReleaseFile
            {
                Path = "docs/readme.md",
                Sha256 = Digest.Parse("sha256:" + Sample.C),
                Mode = 0b110_100_000,
                Place = new Place("f", 18, 5),
            },
            new ReleaseFile
            {
                Url = new Uri("https://example.org/a?b=c"),
                Sha256 = Digest.Parse("sha256:" + Sample.A),
                Mode = 0b110_100_100,
                Place = new Place("f", 21, 5),
            },
        ]);
    }

    [Theory]
    [InlineData("stacks: [small, large]\n", "")]
    [InlineData("stacks: [small, large]", "stacks:")]
    [InlineData("stacks: [small, large]", "stacks: []")]
    public void What_is_optional_may_be_absent_or_empty(string old, string replacement)
    {
        var text = Sample.With("    stack: large\n", "").Replace(old, replacement, StringComparison.Ordinal);
        text = text[..text.IndexOf("auxiliary:", StringComparison.Ordinal)];
        var (manifest, findings) = Sample.Read(text);
        findings.ShouldBeEmpty();
        manifest!.Stacks.ShouldBeEmpty();
        manifest.Auxiliary.ShouldBeEmpty();
        manifest.Files.ShouldBeEmpty();
        manifest.AuxiliaryPlace.ShouldBe(new Place("f"));
    }

    [Theory]
    [InlineData("version: 0.5.0", "version: 10.20.30-rc.1+build.5")]
    [InlineData("released: 2025-07-25T21:31:16Z", "released: '1970-01-01T00:00:00Z'")]
    [InlineData("[linux/amd64]", "[linux/amd64, linux/arm64, linux/arm/v6, linux/arm]")]
    [InlineData("version: 1.23.2", "version: v1.23.17+k0s.1")]
    [InlineData("version: 1.23.2", "version: 9")]
    [InlineData("mode: 0640", "mode: '777'")]
    [InlineData("mode: 0640", "mode: 000")]
    [InlineData("name: nifi", "name: a")]
    [InlineData("name: nifi", "name: 0-a-9")]
    [InlineData("path: docs/readme.md", "path: .hidden..file")]
    [InlineData("path: docs/readme.md", "url: HTTPS://example.org/a")]
    public void Values_at_the_edge_of_what_is_allowed_are_read(string old, string replacement)
    {
        var (manifest, findings) = Sample.Read(Sample.With(old, replacement));
        findings.ShouldBeEmpty();
        manifest.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_may_end_as_they_like(string ending)
    {
        var (manifest, findings) = Sample.Read(Sample.Text.Replace("\n", ending, StringComparison.Ordinal));
        findings.ShouldBeEmpty();
        manifest!.K0sPlace.ShouldBe(new Place("f", 6, 6));
    }

    [Fact]
    public void A_manifest_with_an_unpinned_image_is_read_and_the_image_reported()
    {
        var (manifest, findings) = Sample.Read(Sample.With($"@sha256:{Sample.A}", ""));
        manifest!.Apps.Single().IsPinned.ShouldBeFalse();
        findings.Single().Code.ShouldBe(Codes.Unpinned);
    }

    [Fact]
    public void A_version_is_read_where_it_prints_as_it_is_written_and_only_there() =>
        Law.Holds(
            Law.TextOf("012.-+a ").Select(end => $"1.0.{end}"[..Math.Min(64, end.Length + 4)]),
            version =>
            {
                var printsTheSame = SemanticVersion.TryParse(version, out var read) && read.ToFullString() == version;
                Read("version: 0.5.0", $"version: '{version}'").Count.ShouldBe(printsTheSame ? 0 : 1);
            }
        );

    [Theory]
    [InlineData("1.0.0+")]
    [InlineData("1.0.0-")]
    [InlineData("1.0.0-a+")]
    [InlineData("1.0.00")]
    [InlineData("1.0.0 ")]
    [InlineData(" 1.0.0")]
    [InlineData("1.0.0-01")]
    [InlineData("+1.0.0")]
    [InlineData("1.0.0.0")]
    public void A_version_that_would_print_otherwise_is_refused(string version) =>
        Read("version: 0.5.0", $"version: '{version}'").Single().Code.ShouldBe(Codes.BadValue);

    [Fact]
    public void Longest_names_and_versions_are_read_and_longer_ones_refused()
    {
        Read("name: infometis", "name: " + new string('a', 63)).ShouldBeEmpty();
        Read("name: infometis", "name: " + new string('a', 64)).Single().Code.ShouldBe(Codes.BadValue);
        Read("version: 0.5.0", "version: 0.5.0-" + new string('a', 58)).ShouldBeEmpty();
        Read("version: 0.5.0", "version: 0.5.0-" + new string('a', 59)).Single().Code.ShouldBe(Codes.BadValue);
        Read("version: 1.23.2", "version: " + new string('1', 128)).ShouldBeEmpty();
        Read("version: 1.23.2", "version: " + new string('1', 129)).Single().Code.ShouldBe(Codes.BadValue);
        Read("docs/readme.md", new string('a', 100)).ShouldBeEmpty();
        Read("docs/readme.md", new string('a', 101)).Single().Code.ShouldBe(Codes.BadFile);
    }

    private static IReadOnlyList<Finding> Read(string old, string text) => Sample.Read(Sample.With(old, text)).Findings;
}
