using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Registry;

namespace InfoMetis.Release.Tests.Registry;

public sealed class Reading_headers
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    [Fact]
    public void Finds_the_parameters_of_a_challenge()
    {
        var challenge = Parse(
                """Bearer realm="https://a.example/token?x=1,2",service="a \"b\"", scope=repository:x:pull"""
            )
            .Single();
        challenge.Is("bearer").ShouldBeTrue();
        challenge["realm"].ShouldBe("https://a.example/token?x=1,2");
        challenge["service"].ShouldBe("a \"b\"");
        challenge["scope"].ShouldBe("repository:x:pull");
        challenge["error"].ShouldBeNull();
    }

    [Theory]
    [InlineData("Basic realm=\"a, b\", Bearer realm=\"c\"", "Basic a, b|Bearer c")]
    [InlineData("Negotiate, Basic realm=x", "Negotiate |Basic x")]
    [InlineData("NTLM abc==, Basic realm=x", "NTLM |Basic x")]
    [InlineData("NTLM abc=, Basic realm=x", "NTLM |Basic x")]
    [InlineData(" , ,Basic REALM = \"x\" ,,", "Basic x")]
    [InlineData("Basic realm=x, realm=y", "Basic x")]
    [InlineData("Basic realm=\"unclosed", "Basic ")]
    [InlineData("Basic realm=", "Basic ")]
    [InlineData("", "")]
    public void Finds_every_challenge_of_a_line(string header, string expected) =>
        string.Join('|', Parse(header).Select(c => $"{c.Scheme} {c["realm"]}")).ShouldBe(expected);

    [Fact]
    public void Finds_what_was_quoted_whatever_it_was() =>
        Prop.ForAll(
                ArbMap.Default.ArbFor<string>().Filter(text => text is not null),
                text =>
                    Parse($"Bearer realm=\"{text.Replace("\\", "\\\\").Replace("\"", "\\\"")}\", service=s")
                        is [{ } only]
                    && only["realm"] == text
                    && only["service"] == "s"
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Never_fails_on_a_challenge() =>
        Prop.ForAll(Hostile("Bearer realm=\"\\\" ,=Basic\t"), text => Parse(text).All(c => c.Scheme.Length > 0))
            .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("0", 0)]
    [InlineData(" 120 ", 120)]
    [InlineData("Fri, 02 Jan 2026 03:05:05 GMT", 60)]
    [InlineData("Friday, 02-Jan-26 03:05:05 GMT", 60)]
    [InlineData("Fri Jan  2 03:05:05 2026", 60)]
    [InlineData("Fri, 02 Jan 2026 03:00:00 GMT", 0)]
    [InlineData("99999999999999999999999", 365 * 24 * 3600)]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 365 * 24 * 3600)]
    public void Understands_when_to_retry(string text, double seconds) =>
        RetryAfter.Parse(text, Now).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1.5")]
    [InlineData("soon")]
    [InlineData("2026-01-02T03:04:05Z")]
    public void Takes_nothing_else_for_a_time(string text) => RetryAfter.Parse(text, Now).ShouldBeNull();

    [Fact]
    public void Never_fails_on_a_time() =>
        Prop.ForAll(
                Hostile("0123456789 FriJan,:GMT-"),
                text => RetryAfter.Parse(text, Now) is not { } wait || wait >= TimeSpan.Zero
            )
            .QuickCheckThrowOnFailure();

    private static IReadOnlyList<Challenge> Parse(string header) => new ChallengeParser(header).Challenges();

    /// <summary>Texts made mostly of the characters that mean something to a parser.</summary>
    private static Arbitrary<string> Hostile(string alphabet) =>
        Gen.OneOf(Gen.Elements(alphabet.ToCharArray()), ArbMap.Default.GeneratorFor<char>())
            .ListOf()
            .Select(characters => string.Concat(characters))
            .ToArbitrary();
}
