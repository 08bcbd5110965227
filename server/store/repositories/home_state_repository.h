// Counts what pages show of deployments and homes: devices, connected, reporting, lost, silent.
// Thread: the connection's. Owner: whoever needs it. Flow: triggers → count_touched, home_state.due_at → settle() →
// home_state, deployment_state → overview, lists. Source: architecture.md, rule 9.
#pragma once

#include "server/store/postgres/connection.h"

namespace cohort::store {

class HomeStateRepository
{
public:
    explicit HomeStateRepository(Connection& connection) : m_connection(connection) {}

    // Counts again what was touched or is due, at most so many homes of each, and tells whether there may be more; costs
    // one look where nothing is. In the caller's transaction, or in one of its own; nothing happens while another server
    // counts.
    Result<bool> settle(int most = FewHomes);
    // The device types' table as the database judges streams by it; after the migrations.
    Result<void> writeExpectedReports();

    static constexpr int FewHomes = 500; // while somebody waits for a page
    // While nobody does, every 0.2 s as long as there are more: 20,000 homes within half a minute, in bites so small that
    // the uploads beside them wait for no core.
    static constexpr int Bite = 200;

private:
    Result<bool> count(int most);

    Connection& m_connection;
};

} // namespace cohort::store
