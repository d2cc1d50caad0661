using InfoMetis.Release.Messages;

namespace InfoMetis.Release.Registry;

/// <summary>The one layer that tries again, and that turns to the next place.</summary>
internal static class Patience
{
    /// <summary>Does a piece of work at places in order until one of them serves it.</summary>
    /// <param name="name">What is read, as users name it.</param>
    public static async Task<T> ReadAsync<TPlace, T>(
        RegistryOptions options,
        string name,
        IReadOnlyList<TPlace> places,
        Func<TPlace, string> nameOf,
        Func<TPlace, CancellationToken, Task<T>> read,
        CancellationToken cancellationToken
    )
    {
        var verdict = new Verdict();
        for (var at = 0; at < places.Count; at++)
        {
            var attempts = new Attempts(options.Retry);
            while (true)
            {
                try
                {
                    return await read(places[at], cancellationToken);
                }
                catch (ReleaseException exception) when (Verdict.BlamesSource(exception))
                {
                    if (attempts.Next(exception, options.Jitter()) is not { } delay)
                    {
                        verdict.Add(nameOf(places[at]), exception, attempts.Made);
                        break;
                    }
                    await Task.Delay(delay, options.Clock, cancellationToken);
                }
            }
            if (at < places.Count - 1)
                options.Notice(verdict.Notice(name));
        }
        throw verdict.Sum();
    }
}
