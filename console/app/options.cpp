#include "console/app/options.h"

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

// One row an option: name, what it takes (empty: a flag), where it goes, help.
struct Row
{
    const char* name;
    const char* takes;
    QString Options::*text;
    bool Options::*flag;
    const char* help;
};

const Row Rows[] = {
    {"--server", "URL", &Options::server, nullptr, "the server, for example https://cohort.example.org:8460"},
    {"--user", "EMAIL", &Options::user, nullptr, "who signs in"},
    {"--password-file", "FILE", &Options::passwordFile, nullptr,
     "a file with the password in its first line: signs in at once"},
    {"--page", "NAME", &Options::page, nullptr,
     "overview, deployments, home, alerts, composer, messages, server, operators, audit"},
    {"--theme", "NAME", &Options::theme, nullptr, "system, light or dark"},
    {"--language", "NAME", &Options::language, nullptr, "en or de; otherwise the system's"},
    {"--screenshot", "FILE", &Options::screenshot, nullptr, "saves a picture of the window and ends"},
    {"--screenshot-after", "MS", nullptr, nullptr, "how long to wait for it; 2000 when not given"},
    {"--help", "", nullptr, &Options::help, "this text"},
    {"--version", "", nullptr, &Options::version, "the version"},
};

// "--page=home" as "--page home".
QStringList apart(const QStringList& arguments)
{
    QStringList all;
    for (const QString& argument : arguments) {
        const qsizetype equals = argument.startsWith("--"_L1) ? argument.indexOf(u'=') : -1;
        all.append(equals < 0 ? argument : argument.left(equals));
        if (equals >= 0)
            all.append(argument.mid(equals + 1));
    }
    return all;
}

} // namespace

Result<Options> Options::parse(const QStringList& given)
{
    Options options;
    const QStringList arguments = apart(given);
    for (qsizetype i = 1; i < arguments.size(); ++i) {
        const QString& argument = arguments.at(i);
        const Row* row = nullptr;
        for (const Row& one : Rows) {
            if (argument == QLatin1StringView(one.name))
                row = &one;
        }
        if (!row)
            return fail(ErrorCode::WrongValue, u"there is no option '%1'; --help lists them"_s.arg(argument));
        if (row->flag) {
            options.*(row->flag) = true;
            continue;
        }
        if (++i >= arguments.size())
            return fail(ErrorCode::MissingValue, u"'%1' needs %2"_s.arg(argument, QLatin1StringView(row->takes)));
        bool ok = true;
        if (row->text)
            options.*(row->text) = arguments.at(i);
        else
            options.screenshotAfterMs = arguments.at(i).toInt(&ok);
        if (!ok || options.screenshotAfterMs < 0)
            return fail(ErrorCode::WrongValue, u"'%1' needs a number of milliseconds"_s.arg(argument));
    }
    static const QStringList pages{u"overview"_s, u"deployments"_s, u"home"_s,      u"alerts"_s, u"composer"_s,
                                   u"messages"_s, u"server"_s,      u"operators"_s, u"audit"_s};
    if (!options.page.isEmpty() && !pages.contains(options.page.section(u'/', 0, 0)))
        return fail(ErrorCode::WrongValue, u"'--page' takes one of "_s + pages.join(u", "_s));
    if (!QStringList{QString(), u"en"_s, u"de"_s}.contains(options.language))
        return fail(ErrorCode::WrongValue, u"'--language' takes en or de"_s);
    if (!QStringList{u"system"_s, u"light"_s, u"dark"_s}.contains(options.theme))
        return fail(ErrorCode::WrongValue, u"'--theme' takes system, light or dark"_s);
    return options;
}

QString Options::helpText()
{
    QString text = u"cohort-console: the command center of Cohort\n\n"_s;
    for (const Row& row : Rows)
        text += u"  %1 %2\n      %3\n"_s.arg(QLatin1StringView(row.name), QLatin1StringView(row.takes),
                                             QLatin1StringView(row.help));
    return text;
}

} // namespace cohort::console
