using InfoMetis.Release.Messages;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace InfoMetis.Release.Yaml;

/// <summary>
/// Turns text into nodes, from the events of YamlDotNet's parser. Its own node model stops at the first key given twice,
/// follows aliases and recurses as deep as a document asks; here each of these is a finding.
/// </summary>
public sealed class YamlReader
{
    private const int DeepestLevel = 64;

    /// <summary>
    /// Held while a text is parsed. Two threads that parse their first text would wait for each other at every method the
    /// runtime compiles; in turn, the second one finds them all compiled.
    /// </summary>
    private static readonly Lock OneAtATime = new();

    private readonly string _file;
    private readonly int _firstLine;
    private readonly ICollection<Finding> _findings;
    private readonly Parser _parser;

    private YamlReader(string file, int firstLine, string text, ICollection<Finding> findings)
    {
        _file = file;
        _firstLine = firstLine;
        _findings = findings;
        _parser = new Parser(new StringReader(text));
    }

    /// <summary>Reads the one document of a text, or reports why there is not exactly one.</summary>
    /// <param name="firstLine">The line of the file on which the text starts, where it is a part of one.</param>
    public static YamlNode? ReadOne(string file, string text, ICollection<Finding> findings, int firstLine = 1)
    {
        var before = findings.Count;
        var documents = ReadAll(file, text, findings, firstLine);
        if (documents.Count == 1)
            return documents[0];
        if (findings.Count == before)
            findings.Add(
                Message.OneDocument(documents.Count > 1 ? documents[1].Place : new Place(file), documents.Count)
            );
        return null;
    }

    /// <summary>Reads every document of a text up to the first that is no YAML, which is reported.</summary>
    public static IReadOnlyList<YamlNode> ReadAll(
        string file,
        string text,
        ICollection<Finding> findings,
        int firstLine = 1
    )
    {
        var documents = new List<YamlNode>();
        var forbidden = Characters.FirstForbidden(text);
        if (forbidden >= 0)
        {
            var place = Characters.PlaceOf(file, firstLine, text, forbidden);
            findings.Add(Message.ForbiddenCharacter(place, text[forbidden]));
            return documents;
        }
        try
        {
            lock (OneAtATime)
                new YamlReader(file, firstLine, text, findings).Documents(documents);
        }
        catch (YamlException exception)
        {
            findings.Add(Message.NotYaml(Place(file, firstLine, exception.Start), exception.Message));
        }
        catch (ReleaseException exception)
        {
            findings.Add(exception.Finding);
        }
        return documents;
    }

    private void Documents(List<YamlNode> documents)
    {
        Next<StreamStart>();
        while (_parser.Current is not StreamEnd)
        {
            Next<DocumentStart>();
            var node = Node(level: 0);
            Next<DocumentEnd>();
            documents.Add(node);
        }
    }

    private void Next<T>()
        where T : ParsingEvent
    {
        if (_parser.Current is null)
            Move();
        if (_parser.Current is not T)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "unexpected end of a document");
        Move();
    }

    private void Move()
    {
        try
        {
            if (!_parser.MoveNext() && _parser.Current is not StreamEnd)
                throw new YamlException("unexpected end of the file");
        }
        // YamlDotNet's scanner computes with what it reads; on hostile text, or behind an open bracket, these escape it.
        catch (Exception exception)
            when (exception
                    is ArgumentException
                        or InvalidOperationException
                        or OverflowException
                        or IndexOutOfRangeException
            )
        {
            var place = Place(_file, _firstLine, _parser.Current?.End ?? Mark.Empty);
            throw new ReleaseException(Message.Unclosed(place), exception);
        }
    }

    private YamlNode Node(int level)
    {
        var start = _parser.Current!;
        var place = Place(_file, _firstLine, start.Start);
        if (level > DeepestLevel)
            throw new ReleaseException(Message.TooDeep(place, DeepestLevel));
        Move();
        return start switch
        {
            Scalar scalar => new YamlText(place, scalar.Value, scalar.Style is ScalarStyle.Plain),
            SequenceStart => List(place, level),
            MappingStart => Map(place, level),
            AnchorAlias alias => Refused(place, alias),
            _ => throw new YamlException(start.Start, start.End, "a value is expected here"),
        };
    }

    private YamlText Refused(Place place, AnchorAlias alias)
    {
        _findings.Add(Message.AliasRefused(place, alias.Value.ToString()));
        return new YamlText(place, "", IsPlain: true);
    }

    private YamlList List(Place place, int level)
    {
        var items = new List<YamlNode>();
        while (_parser.Current is not SequenceEnd)
            items.Add(Node(level + 1));
        Move();
        return new YamlList(place, items);
    }

    private YamlMap Map(Place place, int level)
    {
        var entries = new List<YamlEntry>();
        var first = new Dictionary<string, Place>(StringComparer.Ordinal);
        while (_parser.Current is not MappingEnd)
        {
            var key = Node(level + 1);
            var value = Node(level + 1);
            if (key is not YamlText text)
                _findings.Add(Message.WrongType(key.Place, "a key", "text", key.Kind));
            else if (first.TryAdd(text.Value, text.Place))
                entries.Add(new YamlEntry(text, value));
            else
                _findings.Add(Message.DuplicateKey(text.Place, text.Value, first[text.Value]));
        }
        Move();
        return new YamlMap(place, entries);
    }

    private static Place Place(string file, int firstLine, Mark mark) =>
        new(file, firstLine - 1 + (int)Math.Max(1, mark.Line), (int)Math.Max(1, mark.Column));
}
