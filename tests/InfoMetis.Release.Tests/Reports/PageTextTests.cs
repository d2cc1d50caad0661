using InfoMetis.Release.Reports;

namespace InfoMetis.Release.Tests.Reports;

public sealed class PageTextTests
{
    public static TheoryData<string> Codes => [.. MessagePages.Codes];

    [Fact]
    public void Sentences_are_broken_between_words_and_examples_are_not()
    {
        var words = string.Join(' ', Enumerable.Repeat("word", 20));
        var page = $"""
            # {words}

            {words}
            `imrel {words}` goes on
            - {words}
            - short

            ```
            {words}
            ```

            | {words} |

            """;

        PageText
            .Of(page)
            .ShouldBe(
                $"""
                # {words}

                word word word word word word word word word word word word word word word word
                word word word word
                `imrel {words}`
                goes on
                - word word word word word word word word word word word word word word word
                  word word word word word
                - short

                ```
                {words}
                ```

                | {words} |

                """
            );
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void Of_a_message_no_word_is_lost_and_nothing_is_broader_than_a_terminal(string code)
    {
        var page = MessagePages.Find(code)!;

        var text = PageText.Of(page);

        text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries)
            .ShouldBe(page.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));
        var isExample = false;
        foreach (var line in text.Split('\n'))
        {
            isExample ^= line.StartsWith("```", StringComparison.Ordinal);
            if (!isExample && !line.StartsWith('|') && !line.Contains('`'))
                line.Length.ShouldBeLessThanOrEqualTo(80, line);
        }
    }
}
