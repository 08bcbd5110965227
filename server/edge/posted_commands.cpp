#include "server/edge/posted_commands.h"

#include <algorithm>

namespace cohort::edge {

namespace {

constexpr std::chrono::seconds OfferLives{3};
constexpr std::chrono::minutes PosterLives{10};
constexpr std::chrono::minutes CleanEvery{1};
constexpr std::size_t MostOffers = 16;

} // namespace

void PostedCommands::offer(DeviceId device, const actions::OutgoingCommand& command, TimePoint now)
{
    Shard& shard = m_shards[static_cast<std::size_t>(device.value) % m_shards.size()];
    const std::lock_guard lock(shard.mutex);
    const auto poster = shard.posters.find(device);
    if (poster == shard.posters.end())
        return;
    auto& offers = poster->second.offers;
    std::erase_if(offers, [&](const Offer& old) { return old.command.id == command.id || now - old.at > OfferLives; });
    if (offers.size() < MostOffers)
        offers.push_back({command, now});
}

std::vector<actions::OutgoingCommand> PostedCommands::drain(DeviceId device, TimePoint now)
{
    Shard& shard = m_shards[static_cast<std::size_t>(device.value) % m_shards.size()];
    const std::lock_guard lock(shard.mutex);
    if (now - shard.cleaned > CleanEvery) {
        shard.cleaned = now;
        std::erase_if(shard.posters, [&](const auto& entry) { return now - entry.second.at > PosterLives; });
    }
    Poster& poster = shard.posters[device];
    poster.at = now;
    std::vector<actions::OutgoingCommand> commands;
    for (Offer& offer : poster.offers) {
        if (now - offer.at <= OfferLives && offer.command.take(now))
            commands.push_back(std::move(offer.command));
    }
    poster.offers = {};
    std::sort(commands.begin(), commands.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
    return commands;
}

std::string withCommands(std::string reply, const std::vector<actions::OutgoingCommand>& commands)
{
    if (commands.empty() || !reply.ends_with('}'))
        return reply;
    reply.pop_back();
    for (std::size_t i = 0; i < commands.size(); ++i)
        reply += (i == 0 ? ",\"commands\":[" : ",") + commands[i].toJson();
    return reply + "]}";
}

} // namespace cohort::edge
