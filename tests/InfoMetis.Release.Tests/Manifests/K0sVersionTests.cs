using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Manifests;

namespace InfoMetis.Release.Tests.Manifests;

public sealed class K0sVersionTests
{
    private static readonly Gen<string> Texts =
        from numbers in Gen.Choose(0, 12).ArrayOf(4)
        select $"v{numbers[0]}.{numbers[1]}.{numbers[2]}+k0s.{numbers[3]}";

    private static readonly Gen<K0sVersion[]> Triples = Texts.Select(K0sVersion.Parse).ArrayOf(3);

    [Fact]
    public void A_version_prints_as_it_was_written() =>
        Law.Holds(Texts, text => K0sVersion.Parse(text).ToString().ShouldBe(text));

    [Fact]
    public void No_text_makes_the_parser_throw_and_what_it_takes_it_prints_again() =>
        Law.Holds(
            Gen.OneOf(
                Law.AnyText,
                Law.TextOf("v.0123+ks"),
                Texts.Select(t => t.Replace(".1", ".01", StringComparison.Ordinal))
            ),
            text =>
            {
                if (K0sVersion.TryParse(text, out var version))
                    version.ToString().ShouldBe(text);
            }
        );

    [Fact]
    public void The_order_is_total() =>
        Law.Holds(
            Triples,
            versions =>
            {
                var (a, b, c) = (versions[0], versions[1], versions[2]);
                Math.Sign(a.CompareTo(b)).ShouldBe(-Math.Sign(b.CompareTo(a)));
                (a.CompareTo(b) == 0).ShouldBe(a == b);
                if (a <= b && b <= c)
                    (a <= c).ShouldBeTrue();
                (a < b).ShouldBe(a.CompareTo(b) < 0);
                (a <= b).ShouldBe(a.CompareTo(b) <= 0);
                (a > b).ShouldBe(b < a);
                (a >= b).ShouldBe(b <= a);
            }
        );

    [Theory]
    [InlineData("v1.23.17+k0s.0", "v1.23.17+k0s.1")]
    [InlineData("v1.23.9+k0s.1", "v1.23.17+k0s.0")]
    [InlineData("v1.9.17+k0s.1", "v1.23.17+k0s.0")]
    [InlineData("v1.23.17+k0s.9", "v1.23.17+k0s.10")]
    [InlineData("v1.99.99+k0s.9", "v2.0.0+k0s.0")]
    public void Versions_are_ordered_by_number_and_then_by_build(string lower, string higher)
    {
        (K0sVersion.Parse(lower) < K0sVersion.Parse(higher)).ShouldBeTrue();
        (K0sVersion.Parse(lower) >= K0sVersion.Parse(higher)).ShouldBeFalse();
    }

    [Fact]
    public void A_version_is_neither_before_nor_after_itself()
    {
        var (one, same) = (K0sVersion.Parse("v1.23.17+k0s.1"), K0sVersion.Parse("v1.23.17+k0s.1"));
        (one < same).ShouldBeFalse();
        (one > same).ShouldBeFalse();
        (one <= same).ShouldBeTrue();
        (one >= same).ShouldBeTrue();
    }

    [Fact]
    public void A_version_has_parts()
    {
        var version = K0sVersion.Parse("v1.23.17+k0s.4");
        (version.Major, version.Minor, version.Patch, version.Build).ShouldBe((1, 23, 17, 4));
        version.Kubernetes.ShouldBe("1.23.17");
        version.Tag.ShouldBe("v1.23.17-k0s.4");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("+k0s.1")]
    [InlineData("v+k0s.1")]
    [InlineData("1.23.17+k0s.1")]
    [InlineData("V1.23.17+k0s.1")]
    [InlineData("v1.23.17")]
    [InlineData("v1.23.17-k0s.1")]
    [InlineData("v1.23+k0s.1")]
    [InlineData("v1.23.17.1+k0s.1")]
    [InlineData("v1.23.17+k0s.")]
    [InlineData("v1.23.17+k0s.1.2")]
    [InlineData("v1.23.17+k0s.01")]
    [InlineData("v01.23.17+k0s.1")]
    [InlineData("v1.023.17+k0s.1")]
    [InlineData("v1.23.-7+k0s.1")]
    [InlineData("v1.23.+7+k0s.1")]
    [InlineData("v1.23. 7+k0s.1")]
    [InlineData("v1.23.٧+k0s.1")]
    [InlineData("v1..17+k0s.1")]
    [InlineData("v1.23.17+k0s.1\n")]
    [InlineData("v1.23.17-rc1+k0s.1")]
    [InlineData("v1.23.1000000+k0s.1")]
    public void What_is_no_version_is_refused(string? text)
    {
        K0sVersion.TryParse(text, out var version).ShouldBeFalse();
        version.ShouldBe(default);
        Should.Throw<FormatException>(() => K0sVersion.Parse(text!)).Message.ShouldBe($"'{text}' is not a k0s version");
    }

    [Fact]
    public void Numbers_may_have_six_digits() => K0sVersion.Parse("v0.999999.10+k0s.0").Minor.ShouldBe(999999);
}
