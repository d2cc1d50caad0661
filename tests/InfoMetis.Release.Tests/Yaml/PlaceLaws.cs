using FsCheck;
using FsCheck.Fluent;
using InfoMetis.Release.Yaml;

namespace InfoMetis.Release.Tests.Yaml;

public sealed class PlaceLaws
{
    private static readonly Gen<(string Text, int Position)> Cases =
        from text in Law.TextOf("ab \r\r\n\n\u0085\u2028\u2029é")
        from position in Gen.Choose(0, text.Length)
        select (text, position);

    [Fact]
    public void A_place_leads_back_to_the_position_it_was_made_of() =>
        Law.Holds(
            Cases,
            any =>
                Characters
                    .PositionOf(any.Text, Characters.PlaceOf("f", 1, any.Text, any.Position))
                    .ShouldBe(any.Position)
        );

    [Theory]
    [InlineData(4, 1)]
    [InlineData(3, 2)]
    [InlineData(9, 9)]
    public void A_place_outside_of_the_text_has_no_position(int line, int column) =>
        Characters.PositionOf("a\r\nb\r", new Release.Messages.Place("f", line, column)).ShouldBe(-1);
}
