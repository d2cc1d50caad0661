using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Tests.Yaml;

public sealed class NearestTests
{
    [Theory]
    [InlineData("platform", "platforms")]
    [InlineData("plattform", "platforms")]
    [InlineData("aps", "apps")]
    [InlineData("appps", "apps")]
    [InlineData("oppz", "apps")]
    [InlineData("apps", "apps")]
    [InlineData("auxilliary", "auxiliary")]
    public void A_word_at_most_two_edits_away_is_found(string word, string nearest) =>
        Nearest.Of(word, ["platforms", "apps", "auxiliary"]).ShouldBe(nearest);

    [Theory]
    [InlineData("images")]
    [InlineData("")]
    [InlineData("spqa")]
    [InlineData("appsxxx")]
    public void A_word_farther_away_is_not(string word) => Nearest.Of(word, ["platforms", "apps"]).ShouldBeNull();

    [Fact]
    public void The_nearest_wins_and_then_the_first()
    {
        Nearest.Of("image", ["imagined", "images", "imager"]).ShouldBe("images");
        Nearest.Of("image", ["imagxx", "images"]).ShouldBe("images");
    }

    [Fact]
    public void Two_letters_changed_left_out_or_put_in_are_always_forgiven() =>
        Law.Holds(
            from word in Gen.Choose('a', 'z').ArrayOf(8).Select(letters => string.Concat(letters.Select(l => (char)l)))
            from first in Gen.Choose(0, 7)
            from second in Gen.Choose(0, 6)
            select (word, mistyped: word.Remove(first, 1).Insert(second, "-")),
            pair => Nearest.Of(pair.mistyped, [pair.word]).ShouldBe(pair.word)
        );
}
