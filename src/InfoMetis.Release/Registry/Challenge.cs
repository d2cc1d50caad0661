namespace InfoMetis.Release.Registry;

/// <summary>One way to authenticate that a server offers: a scheme and its parameters, names in lower case.</summary>
internal sealed record Challenge(string Scheme, IReadOnlyDictionary<string, string> Parameters)
{
    public string? this[string name] => Parameters.GetValueOrDefault(name);

    public bool Is(string scheme) => string.Equals(Scheme, scheme, StringComparison.OrdinalIgnoreCase);

    public static IReadOnlyList<Challenge> Of(HttpResponseMessage response)
    {
        var challenges = new List<Challenge>();
        if (response.Headers.NonValidated.TryGetValues("WWW-Authenticate", out var values))
        {
            foreach (var value in values)
                challenges.AddRange(new ChallengeParser(value).Challenges());
        }
        return challenges;
    }
}
