using InfoMetis.Release.Messages;

namespace InfoMetis.Release;

/// <summary>Does things that have nothing to do with each other: one that fails stops no other.</summary>
internal static class Independent
{
    /// <summary>Does something for each item, some at a time; failures are kept for the end.</summary>
    /// <param name="tell">What to say of an item whose work failed so.</param>
    /// <param name="work">Gives what it made, or null where there is nothing to add to what was said before.</param>
    /// <returns>What was made and what failed, in the order of the items.</returns>
    public static async Task<(IReadOnlyList<TMade> Made, IReadOnlyList<Finding> Findings)> EachAsync<T, TMade>(
        IReadOnlyList<T> items,
        int jobs,
        Func<T, Finding, Finding> tell,
        Func<T, CancellationToken, Task<TMade?>> work,
        CancellationToken cancellationToken
    )
        where TMade : class
    {
        var made = new TMade?[items.Count];
        var findings = new Finding?[items.Count];
        await Parallel.ForAsync(
            0,
            items.Count,
            new ParallelOptions { MaxDegreeOfParallelism = jobs, CancellationToken = cancellationToken },
            async (at, token) =>
            {
                try
                {
                    made[at] = await work(items[at], token);
                }
                catch (ReleaseException exception) when (!IsOfThisMachine(exception))
                {
                    findings[at] = tell(items[at], exception.Finding);
                }
            }
        );
        return ([.. made.OfType<TMade>()], [.. findings.OfType<Finding>()]);
    }

    /// <summary>A full disk stops everything: every other item would meet it too.</summary>
    private static bool IsOfThisMachine(ReleaseException exception) =>
        ExitCodes.Of(exception.Finding.Code) is ExitCode.MachineUnfit;
}
