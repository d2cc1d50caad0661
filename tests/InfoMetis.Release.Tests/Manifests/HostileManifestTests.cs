using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Tests.Manifests;

/// <summary>Whatever a file holds, the reader ends, and says why there is no manifest.</summary>
public sealed class HostileManifestTests
{
    private const int Size = 1 << 20;
    private const string Signs = "[]{}:,-?!&*#|>'\"%@` \n\t\r\\ab0.~\0\uFEFF\u0085é\uD800/";

    [Fact]
    public void Any_text_gives_a_manifest_or_at_least_one_error() =>
        Law.Holds(
            Gen.OneOf(
                Law.AnyText,
                Law.TextOf(Signs),
                from at in Gen.Choose(0, Sample.Text.Length)
                from more in Law.TextOf(Signs)
                select Sample.Text.Insert(at, more),
                from at in Gen.Choose(0, Sample.Text.Length)
                from more in Law.TextOf(Signs)
                select Sample.Text[..at] + more,
                from at in Gen.Choose(0, Sample.Text.Length - 10)
                from length in Gen.Choose(1, 10)
                select Sample.Text.Remove(at, length)
            ),
            text =>
            {
                var (manifest, findings) = Sample.Read(text);
                var blocked = findings.Any(f => f.Severity is Severity.Error && f.Code != Codes.Unpinned);
                (manifest is null).ShouldBe(blocked);
                findings.All(f => f.Place is { Line: >= 1, Column: >= 1 }).ShouldBeTrue();
            }
        );

    [Theory]
    [InlineData("[")]
    [InlineData("{")]
    [InlineData("- ")]
    [InlineData("? ")]
    [InlineData("a: ")]
    [InlineData("{a: ")]
    [InlineData("[a, ")]
    [InlineData("&a [")]
    [InlineData("- *a\n")]
    [InlineData("*a ")]
    [InlineData("---\n")]
    [InlineData("...\n")]
    [InlineData("%YAML 1.2\n")]
    [InlineData("%TAG ! !\n")]
    [InlineData("#")]
    [InlineData("\n")]
    [InlineData("\t")]
    [InlineData(" ")]
    [InlineData("\r")]
    [InlineData("\"")]
    [InlineData("'")]
    [InlineData("|\n")]
    [InlineData(">")]
    [InlineData("\\")]
    [InlineData("a")]
    [InlineData("a\n")]
    [InlineData("a: b\n")]
    [InlineData("!")]
    [InlineData("!!str ")]
    [InlineData("@")]
    [InlineData("<<: ")]
    [InlineData("\0")]
    [InlineData("\u2028")]
    public void A_MiB_of_one_sign_is_refused(string sign)
    {
        var (manifest, findings) = Sample.Read(string.Concat(Enumerable.Repeat(sign, Size / sign.Length)));
        manifest.ShouldBeNull();
        findings.ShouldNotBeEmpty();
    }

    [Fact]
    public void Aliases_that_would_grow_without_bound_are_refused_one_by_one()
    {
        var bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (var i = 1; i <= 20; i++)
            bomb += $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n";
        var (manifest, findings) = Sample.Read(Sample.Text + bomb);
        manifest.ShouldBeNull();
        findings.Count(f => f.Code == Codes.AliasRefused).ShouldBe(200);
        findings.Count(f => f.Code == Codes.UnknownKey).ShouldBe(21);
    }

    [Fact]
    public void A_list_of_a_hundred_thousand_stacks_takes_no_more_than_reading_it()
    {
        var stacks = string.Join(", ", Enumerable.Range(0, 100_000).Select(i => $"s{i}"));
        var (manifest, findings) = Sample.Read(Sample.With("small, large", stacks));
        manifest.ShouldBeNull();
        findings
            .Show()
            .ShouldBe(
                "13:12 IMR1025 nifi: the stack 'large' is not declared under 'stacks'"
                    + " | Declared are s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, …."
            );
    }

    [Theory]
    [InlineData("name: infometis")]
    [InlineData("version: 0.5.0")]
    [InlineData("released: 2025-07-25T21:31:16Z")]
    [InlineData("k0s: v1.23.17+k0s.1")]
    [InlineData("platforms: [linux/amd64]")]
    [InlineData("name: nifi")]
    [InlineData("image: apache/nifi")]
    [InlineData("version: 1.23.2")]
    [InlineData("stack: large")]
    [InlineData("path: docs/readme.md")]
    [InlineData("mode: 0640")]
    public void A_very_long_value_is_cut_where_it_is_shown(string line)
    {
        var (manifest, findings) = Sample.Read(
            Sample.With(line, line.TrimEnd(']') + new string('-', 500_000) + (line[^1] == ']' ? "]" : ""))
        );
        manifest.ShouldBeNull();
        findings.ShouldNotBeEmpty();
        findings.ShouldAllBe(f => f.Fact.Length < 400 && f.Subject.Length < 300);
    }

    [Fact]
    public void What_a_terminal_would_obey_or_hide_is_not_shown()
    {
        var (_, findings) = Sample.Read(Sample.With("name: nifi", "name: \"\\e[2J\\u202e\\u2028\\u0000x\\u200b\""));
        findings.Single().Show().ShouldContain("'name' is '\uFFFD[2J\uFFFD\uFFFD\uFFFDx\uFFFD', which is not");
    }

    [Fact]
    public void What_follows_a_NUL_is_never_skipped_silently() =>
        Sample.Read(Sample.Text + "\0\napps: []\n").Manifest.ShouldBeNull();
}
