using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Oci;

namespace InfoMetis.Release.Tests.Oci;

public sealed class DigestTests
{
    private const string Hex = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private static readonly Gen<string> Digests = Gen.Elements("0123456789abcdef".ToCharArray())
        .ArrayOf(64)
        .Select(hex => "sha256:" + new string(hex));

    [Fact]
    public void A_digest_prints_as_it_was_written() =>
        Law.Holds(Digests, text => Digest.Parse(text).ToString().ShouldBe(text));

    [Fact]
    public void No_text_makes_the_parser_throw_and_what_it_takes_it_prints_again() =>
        Law.Holds(
            Gen.OneOf(Law.AnyText, Law.TextOf("sha256:0fF"), Digests.Select(d => d.ToUpperInvariant())),
            text =>
            {
                if (Digest.TryParse(text, out var digest))
                    digest.ToString().ShouldBe(text);
            }
        );

    [Fact]
    public void Hex_is_the_part_behind_the_algorithm() => Digest.Parse("sha256:" + Hex).Hex.ShouldBe(Hex);

    [Fact]
    public void Digests_of_the_same_digits_are_equal()
    {
        Digest.Parse("sha256:" + Hex).ShouldBe(Digest.Parse("sha256:" + Hex));
        Digest.Parse("sha256:" + Hex).ShouldNotBe(Digest.Parse("sha256:" + Hex.Replace('0', '1')));
    }

    [Theory]
    [InlineData(null, "it names no algorithm")]
    [InlineData("", "it names no algorithm")]
    [InlineData(Hex, "it names no algorithm")]
    [InlineData(":" + Hex, "only sha256 is used here")]
    [InlineData("sha512:" + Hex + Hex, "only sha256 is used here")]
    [InlineData("SHA256:" + Hex, "only sha256 is used here")]
    [InlineData(" sha256:" + Hex, "only sha256 is used here")]
    [InlineData("sha256:", "0 digits where 64 are needed")]
    [InlineData("sha256:" + Hex + "0", "65 digits where 64 are needed")]
    [InlineData("sha256:" + Hex + "\n", "65 digits where 64 are needed")]
    [InlineData(
        "sha256:0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef",
        "the digits must be lower case"
    )]
    [InlineData(
        "sha256:F123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "the digits must be lower case"
    )]
    [InlineData(
        "sha256:g123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "a character is no hexadecimal digit"
    )]
    [InlineData(
        "sha256:../3456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
        "a character is no hexadecimal digit"
    )]
    public void What_is_no_digest_is_refused_with_the_reason(string? text, string reason)
    {
        Digest.TryParse(text, out var digest, out var found).ShouldBeFalse();
        found.ShouldBe(reason);
        digest.ShouldBe(default);
        Digest.TryParse(text, out _).ShouldBeFalse();
    }

    [Fact]
    public void Parse_says_what_it_refused_and_why() =>
        Should
            .Throw<FormatException>(() => Digest.Parse("sha1:00"))
            .Message.ShouldBe("'sha1:00': only sha256 is used here");

    [Fact]
    public void A_digest_that_was_never_parsed_cannot_name_anything() =>
        Should
            .Throw<InvalidOperationException>(() => default(Digest).ToString())
            .Message.ShouldBe("a digest that was never parsed");
}
