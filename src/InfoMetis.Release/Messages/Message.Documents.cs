namespace InfoMetis.Release.Messages;

/// <summary>What can be wrong with any document we read, before its meaning is known.</summary>
public static partial class Message
{
    public static Finding Unreadable(string file, string reason) =>
        Error(
            Codes.Unreadable,
            file,
            $"'{Printable(file)}' cannot be read: {reason}",
            "Check the path and the permissions.",
            new Place(file)
        );

    public static Finding TooLarge(string file, long limit) =>
        Error(
            Codes.TooLarge,
            file,
            $"'{Printable(file)}' is larger than {limit:N0} bytes, the most that is read of such a file",
            "Check that this is the file you meant.",
            new Place(file)
        );

    public static Finding NotUtf8(Place place, long offset) =>
        Error(
            Codes.NotUtf8,
            place.File,
            $"'{Printable(place.File)}' is not UTF-8: byte {offset} starts no valid character",
            "Save the file as UTF-8.",
            place
        );

    public static Finding NotYaml(Place place, string reason) =>
        Error(
            Codes.NotYaml,
            place.File,
            $"not valid YAML: {Printable(reason)}",
            "Check indentation, quotes and brackets.",
            place
        );

    public static Finding ForbiddenCharacter(Place place, char character) =>
        NotYaml(place, $"the character U+{(int)character:X4} is not allowed");

    public static Finding Unclosed(Place place) =>
        NotYaml(place, "what follows cannot be read; a bracket, a brace or a quote may not be closed");

    public static Finding AliasRefused(Place place, string alias) =>
        Error(
            Codes.AliasRefused,
            place.File,
            $"the YAML alias {Quote(alias)} is not followed, since aliases can grow without bound",
            "Write the value out.",
            place
        );

    public static Finding TooDeep(Place place, int limit) =>
        Error(
            Codes.TooDeep,
            place.File,
            $"nested deeper than {limit} levels",
            "Check brackets and indentation.",
            place
        );

    public static Finding OneDocument(Place place, int count) =>
        Error(
            Codes.OneDocument,
            place.File,
            $"holds {count} YAML documents where one is expected",
            count == 0 ? "Fill the file." : "Put each document into a file of its own.",
            place
        );

    public static Finding WrongType(Place place, string key, string expected, string found) =>
        Error(Codes.WrongType, key, $"'{key}' is a {found} where a {expected} is expected", null, place);

    public static Finding UnknownKey(Place place, string key, string owner, string? nearest) =>
        Error(
            Codes.UnknownKey,
            key,
            $"{Quote(key)} is not a key of {owner}",
            nearest is null ? "Remove it, or check its indentation." : $"Did you mean '{nearest}'?",
            place
        );

    public static Finding MissingKey(Place place, string key, string owner) =>
        Error(Codes.MissingKey, key, $"'{key}' is missing from {owner}", $"Add '{key}:'.", place);

    public static Finding DuplicateKey(Place place, string key, Place first) =>
        Error(
            Codes.DuplicateKey,
            key,
            $"{Quote(key)} is given twice, first on line {first.Line}",
            "Keep one of the two.",
            place
        );

    public static Finding WrongApiVersion(Place place, string found, string expected) =>
        Error(
            Codes.WrongApiVersion,
            "apiVersion",
            $"{Quote(found)} is not read here, '{expected}' is",
            $"Write '{expected}'.",
            place
        );

    public static Finding NewerApiVersion(Place place, string found, string known) =>
        Error(
            Codes.NewerApiVersion,
            "apiVersion",
            $"{Quote(found)} is newer than '{known}', the newest that this imrel reads",
            "Use a newer imrel.",
            place
        );

    public static Finding BadValue(Place place, string key, string value, string expected) =>
        Error(Codes.BadValue, key, $"'{key}' is {Quote(value)}, which is not {expected}", null, place);

    public static Finding EmptyList(Place place, string key) =>
        Error(Codes.EmptyList, key, $"'{key}' is empty", $"Name at least one under '{key}:'.", place);
}
