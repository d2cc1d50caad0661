using System.Text;

namespace InfoMetis.Release.Registry;

/// <summary>
/// Reads the header WWW-Authenticate as RFC 9110 writes it: several challenges in one line, quoted strings with escapes,
/// token68. What fits no rule ends the reading; it never throws.
/// </summary>
internal sealed class ChallengeParser(string text)
{
    private int _at;

    public IReadOnlyList<Challenge> Challenges()
    {
        var challenges = new List<Challenge>();
        Skip(separators: true);
        while (Token() is { Length: > 0 } scheme)
        {
            challenges.Add(new Challenge(scheme, Parameters()));
            Skip(separators: true);
        }
        return challenges;
    }

    private Dictionary<string, string> Parameters()
    {
        var parameters = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!Skip(separators: false))
            return parameters;
        while (true)
        {
            var start = _at;
            var name = Token();
            Skip(separators: false);
            if (name.Length == 0 || !Take('='))
            {
                // No parameter: the scheme of the next challenge, or nothing that can be read.
                _at = start;
                return parameters;
            }
            if (IsToken68End())
                return parameters;
            Skip(separators: false);
            if (Value() is not { } value)
                return parameters;
            parameters.TryAdd(name.ToLowerInvariant(), value);
            Skip(separators: true);
        }
    }

    private string? Value() =>
        _at < text.Length && text[_at] == '"' ? Quoted()
        : Token() is { Length: > 0 } token ? token
        : null;

    private string? Quoted()
    {
        var value = new StringBuilder();
        for (_at++; _at < text.Length; _at++)
        {
            var character = text[_at];
            if (character == '"')
            {
                _at++;
                return value.ToString();
            }
            if (character == '\\' && ++_at == text.Length)
                return null;
            value.Append(text[_at]);
        }
        return null;
    }

    private string Token()
    {
        var start = _at;
        while (_at < text.Length && IsTokenCharacter(text[_at]))
            _at++;
        return text[start.._at];
    }

    /// <summary>The padding of a token68, which has no value after its equals signs.</summary>
    private bool IsToken68End()
    {
        while (Take('=')) { }
        return _at == text.Length || text[_at] == ',';
    }

    private bool Take(char character)
    {
        if (_at == text.Length || text[_at] != character)
            return false;
        _at++;
        return true;
    }

    private bool Skip(bool separators)
    {
        var start = _at;
        while (_at < text.Length && (text[_at] is ' ' or '\t' || (separators && text[_at] == ',')))
            _at++;
        return _at > start;
    }

    private static bool IsTokenCharacter(char character) =>
        char.IsAsciiLetterOrDigit(character) || "!#$%&'*+-.^_`|~/:".Contains(character, StringComparison.Ordinal);
}
