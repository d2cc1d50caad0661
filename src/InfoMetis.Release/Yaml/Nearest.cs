namespace InfoMetis.Release.Yaml;

/// <summary>Finds the word that somebody most likely meant.</summary>
public static class Nearest
{
    private const int FarthestEdit = 2;

    /// <summary>The candidate at most two edits away, the nearest first, or null.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        string? nearest = null;
        var least = FarthestEdit + 1;
        foreach (var candidate in candidates)
        {
            if (
                Math.Abs(candidate.Length - word.Length) < least
                && Distance(word, candidate) is var distance
                && distance < least
            )
                (nearest, least) = (candidate, distance);
        }
        return nearest;
    }

    /// <summary>How many letters to insert, remove or replace to make one word the other.</summary>
    private static int Distance(string left, string right)
    {
        var row = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var replaced = diagonal + (left[i - 1] == right[j - 1] ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(replaced, Math.Min(row[j], row[j - 1]) + 1);
            }
        }
        return row[right.Length];
    }
}
