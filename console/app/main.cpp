// cohort-console: the composition root. Everything is made here and nowhere else.

#include "console/app/options.h"
#include "console/app/settings.h"
#include "console/pages/main_window.h"
#include "console/pages/sign_in_page.h"
#include "console/resources/theme.h"
#include "translations/translations.h"

#include <QApplication>
#include <QFile>
#include <QLibraryInfo>
#include <QLocale>
#include <QPainter>
#include <QRegularExpression>
#include <QTimer>
#include <QTranslator>

#include <cstdio>

using namespace cohort;
using namespace cohort::console;
using namespace Qt::StringLiterals;

namespace {

constexpr int UsageError = 2;

void speak(QApplication& application, const QString& language)
{
    embedTranslations();
    if (!language.isEmpty())
        QLocale::setDefault(QLocale(language));
    // Qt's words come from its own package, which a system may lack; then buttons speak by ours. The last is asked first.
    const std::pair<QString, QString> sources[] = {{u"qtbase-own"_s, u":/cohort/i18n"_s},
                                                   {u"cohort-console"_s, u":/cohort/i18n"_s},
                                                   {u"qtbase"_s, QLibraryInfo::path(QLibraryInfo::TranslationsPath)}};
    for (const auto& [name, folder] : sources) {
        auto* translator = new QTranslator(&application);
        // English has its plurals from a file, too.
        if (translator->load(QLocale(), name, u"_"_s, folder) || translator->load(name + u"_en"_s, folder))
            QApplication::installTranslator(translator);
    }
}

void print(FILE* to, const QString& text)
{
    std::fputs(qPrintable(text + u'\n'), to);
}

// The first line of the file; nothing where none was named.
Result<QString> passwordOf(const QString& path)
{
    QFile file(path);
    if (path.isEmpty())
        return QString();
    if (!file.open(QIODevice::ReadOnly))
        return fail(ErrorCode::WrongValue, u"--password-file: %1: %2"_s.arg(path, file.errorString()));
    return QString::fromUtf8(file.readLine(4096)).remove(u'\n').remove(u'\r');
}

void takePicture(MainWindow& window, const Options& options)
{
    QTimer::singleShot(options.screenshotAfterMs, &window, [&window, path = options.screenshot] {
        QWidget* top = QApplication::activeModalWidget();
        QPixmap picture = window.grab();
        if (top && top != &window) {
            QPainter painter(&picture);
            painter.fillRect(picture.rect(), QColor(0, 0, 0, 90));
            painter.drawPixmap((picture.width() - top->width()) / 2, (picture.height() - top->height()) / 2,
                               top->grab());
        }
        const bool saved = picture.save(path);
        if (!saved)
            print(stderr, u"'%1' cannot be written"_s.arg(path));
        QApplication::exit(saved ? 0 : 1);
    });
}

// --help, --version and what is wrong need no display, and the application ends the program where there is none. -1: it
// is to be shown.
int answerAlone(int argc, char** argv)
{
    QStringList own{u"cohort-console"_s};
    for (int i = 1; i < argc; ++i) {
        const QString argument = QString::fromLocal8Bit(argv[i]);
        const Result<Options> options = Options::parse({u"cohort-console"_s, argument});
        if (options && (options->help || options->version)) {
            print(stdout, options->help ? Options::helpText() : u"cohort-console "_s + QStringLiteral(COHORT_VERSION));
            return 0;
        }
        own.append(argument);
    }
    // The toolkit has arguments of its own (-platform, -style …): with them the application looks.
    static const QRegularExpression toolkit(
        u"^--?(platform\\w*|style\\w*|qwindow\\w+|plugin|display|geometry|session|name"
        "|title|reverse|fontsize|dpi)(=|$)"_s);
    if (own.indexOf(toolkit) >= 0)
        return -1;
    const Result<Options> options = Options::parse(own);
    const Result<QString> password = options ? passwordOf(options->passwordFile) : fail(options.error());
    if (password)
        return -1;
    print(stderr, u"cohort-console: "_s + password.error().detail);
    return UsageError;
}

} // namespace

int main(int argc, char** argv)
{
    if (const int asked = answerAlone(argc, argv); asked >= 0)
        return asked;
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"cohort-console"_s);
    QApplication::setOrganizationName(u"cohort"_s);
    QApplication::setApplicationVersion(QStringLiteral(COHORT_VERSION));
    const Result<Options> options = Options::parse(QApplication::arguments());
    const Result<QString> password = options ? passwordOf(options->passwordFile) : fail(options.error());
    if (!password) {
        print(stderr, u"cohort-console: "_s + password.error().detail);
        return UsageError;
    }
    speak(application, options->language);
    applyTheme(application, options->theme == "dark"_L1    ? ThemeChoice::Dark
                            : options->theme == "light"_L1 ? ThemeChoice::Light
                                                           : ThemeChoice::System);
    RpcClient client(RpcOptions{.pins = std::make_shared<SettingsPins>()});
    Workspace workspace(client);
    MainWindow window(workspace);
    SignInPage* signIn = window.signInPage();
    const LastSignIn last = LastSignIn::load();
    signIn->setAddress(options->server.isEmpty() ? last.server : options->server);
    signIn->setEmail(options->user.isEmpty() ? last.user : options->user);
    QObject::connect(signIn, &SignInPage::signedIn, signIn, [signIn] {
        LastSignIn{signIn->address(), signIn->email()}.save();
    });
    window.open(options->page);
    window.show();
    if (!password->isEmpty()) {
        signIn->setPassword(*password);
        signIn->submit();
    }
    if (!options->screenshot.isEmpty())
        takePicture(window, *options);
    return QApplication::exec();
}
