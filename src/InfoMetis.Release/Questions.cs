using InfoMetis.Release.Manifests;
using InfoMetis.Release.Messages;

namespace InfoMetis.Release;

/// <summary>Asks many things at a time, and gives the answers in the order of the questions.</summary>
internal static class Questions
{
    private const int MostAtATime = 16;

    public static async Task<IReadOnlyList<TAnswer>> AskAllAsync<TQuestion, TAnswer>(
        IReadOnlyList<TQuestion> questions,
        Func<TQuestion, CancellationToken, Task<TAnswer>> ask,
        CancellationToken cancellationToken
    )
    {
        var answers = new TAnswer[questions.Count];
        await Parallel.ForAsync(
            0,
            questions.Count,
            new ParallelOptions { MaxDegreeOfParallelism = MostAtATime, CancellationToken = cancellationToken },
            async (index, token) => answers[index] = await ask(questions[index], token)
        );
        return answers;
    }

    /// <summary>What went wrong, at the place of the image that was asked for where it has none of its own.</summary>
    public static Finding At(ReleaseImage image, Finding failure) =>
        failure with
        {
            Place = failure.Place ?? image.Place,
        };
}
