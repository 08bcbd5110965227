#include "console/resources/theme.h"

#include <QApplication>
#include <QFile>
#include <QIconEngine>
#include <QPainter>
#include <QStyleFactory>
#include <QStyleHints>
#include <QSvgRenderer>

#include <array>

// Resources of a static library must be asked for by name, outside of any namespace.
static void initResources()
{
    Q_INIT_RESOURCE(console);
}

namespace cohort::console {

using namespace Qt::StringLiterals;

namespace {

Theme lightTheme()
{
    return {false,
            QColor(0xf4f6f8),
            QColor(0xffffff),
            QColor(0xf9fafb),
            QColor(0xd9dee5),
            QColor(0x1c2733),
            QColor(0x5b6876),
            QColor(0x1f6f78),
            QColor(0xffffff),
            QColor(0xd8ebed)};
}

Theme darkTheme()
{
    return {true,
            QColor(0x14191f),
            QColor(0x1b222a),
            QColor(0x222b35),
            QColor(0x35414e),
            QColor(0xe4e9ee),
            QColor(0x9aa8b6),
            QColor(0x4fb3bd),
            QColor(0x0c1418),
            QColor(0x21454b)};
}

// Draws an SVG whose strokes are `currentColor`, in the colour given or the palette's text colour of the moment.
class SvgIconEngine final : public QIconEngine
{
public:
    SvgIconEngine(QByteArray svg, QColor color) : m_svg(std::move(svg)), m_color(std::move(color)) {}

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        const Theme colors = theme();
        QColor color = m_color.isValid() ? m_color : colors.text;
        if (mode == QIcon::Disabled)
            color = colors.faint;
        QByteArray svg = m_svg;
        svg.replace("currentColor", color.name().toLatin1());
        QSvgRenderer(svg).render(painter, rect);
    }
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap pixmap(size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        paint(&painter, QRect(QPoint(), size), mode, state);
        return pixmap;
    }
    QIconEngine* clone() const override { return new SvgIconEngine(*this); }

private:
    QByteArray m_svg;
    QColor m_color;
};

QString styleSheet(const Theme& colors)
{
    QFile file(u":/cohort/style.css"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QString sheet = QString::fromUtf8(file.readAll());
    const std::array<std::pair<QLatin1StringView, QColor>, 9> names{{{"@window"_L1, colors.window},
                                                                     {"@surface"_L1, colors.surface},
                                                                     {"@raised"_L1, colors.raised},
                                                                     {"@border"_L1, colors.border},
                                                                     {"@text"_L1, colors.text},
                                                                     {"@faint"_L1, colors.faint},
                                                                     {"@accent"_L1, colors.accent},
                                                                     {"@onAccent"_L1, colors.onAccent},
                                                                     {"@selection"_L1, colors.selection}}};
    for (const auto& [name, color] : names)
        sheet.replace(name + ";"_L1, color.name() + u";"_s);
    return sheet.replace("@mode"_L1, colors.dark ? "dark"_L1 : "light"_L1);
}

QPalette paletteOf(const Theme& colors)
{
    QPalette palette;
    palette.setColor(QPalette::Window, colors.window);
    palette.setColor(QPalette::Base, colors.surface);
    palette.setColor(QPalette::AlternateBase, colors.raised);
    palette.setColor(QPalette::Button, colors.surface);
    palette.setColor(QPalette::Highlight, colors.selection);
    palette.setColor(QPalette::HighlightedText, colors.text);
    palette.setColor(QPalette::Link, colors.accent);
    palette.setColor(QPalette::PlaceholderText, colors.faint);
    palette.setColor(QPalette::Mid, colors.border);
    palette.setColor(QPalette::ToolTipBase, colors.raised);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText})
        palette.setColor(role, colors.text);
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, colors.faint);
    return palette;
}

} // namespace

QColor Theme::tone(Tone tone) const
{
    switch (tone) {
    case Tone::Good:
        return dark ? QColor(0x6cc391) : QColor(0x1f7a45);
    case Tone::Warning:
        return dark ? QColor(0xe3b35a) : QColor(0x8a5a00);
    case Tone::Bad:
        return dark ? QColor(0xf08a80) : QColor(0xb3261e);
    case Tone::Info:
        return dark ? QColor(0x7fb2ea) : QColor(0x1d5fa8);
    case Tone::Neutral:
        break;
    }
    return faint;
}

QColor Theme::toneFill(Tone tone) const
{
    switch (tone) {
    case Tone::Good:
        return dark ? QColor(0x1e3a2b) : QColor(0xdff3e6);
    case Tone::Warning:
        return dark ? QColor(0x40331a) : QColor(0xfcf0d4);
    case Tone::Bad:
        return dark ? QColor(0x47231f) : QColor(0xfbe4e2);
    case Tone::Info:
        return dark ? QColor(0x1d3148) : QColor(0xe1edfa);
    case Tone::Neutral:
        break;
    }
    return dark ? QColor(0x2b3540) : QColor(0xe9edf1);
}

QColor Theme::series(int index) const
{
    static constexpr std::array light{0x1f6f78, 0xc2622d, 0x4a62b8, 0x7d8b1f, 0x9c4a8c, 0x2f8f5b, 0xb8892b, 0x5d6b7a};
    static constexpr std::array night{0x4fb3bd, 0xe8935f, 0x8fa3ea, 0xb7c455, 0xcf85c0, 0x69c491, 0xe0b75c, 0x9aa8b6};
    const auto at = static_cast<std::size_t>(index) % light.size();
    return QColor(static_cast<QRgb>(dark ? night.at(at) : light.at(at)));
}

Theme theme()
{
    return QApplication::palette().color(QPalette::Window).lightness() < 128 ? darkTheme() : lightTheme();
}

void applyTheme(QApplication& application, ThemeChoice choice)
{
    initResources();
    const bool systemIsDark = QApplication::palette().color(QPalette::Window).lightness() < 128;
    const bool dark = choice == ThemeChoice::Dark || (choice == ThemeChoice::System && systemIsDark);
    const Theme colors = dark ? darkTheme() : lightTheme();
    QApplication::setStyle(QStyleFactory::create(u"Fusion"_s));
    QApplication::setPalette(paletteOf(colors));
    application.setStyleSheet(styleSheet(colors));
}

QIcon icon(const QString& name)
{
    return icon(name, QColor());
}

QIcon icon(const QString& name, const QColor& color)
{
    initResources();
    QFile file(u":/cohort/icons/%1.svg"_s.arg(name));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    return QIcon(new SvgIconEngine(file.readAll(), color));
}

} // namespace cohort::console
