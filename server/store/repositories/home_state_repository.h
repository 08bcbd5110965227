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

    // Counts again what was touched or is due, at most so many homes of each; costs one look where nothing is. In the
    // caller's transaction, or in one of its own; nothing happens while another server counts.
    Result<void> settle(int most = FewHomes);
    // The device types' table as the database judges streams by it; after the migrations.
    Result<void> writeExpectedReports();

    static constexpr int FewHomes = 500; // while somebody waits for a page
    // While nobody does, every two seconds: 20,000 homes within 40 s, and the uploads are not held up by it.
    static constexpr int ManyHomes = 1'000;

private:
    Result<void> count(int most);

    Connection& m_connection;
};

} // namespace cohort::store
