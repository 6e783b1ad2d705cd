/* SPDX-License-Identifier: MulanPSL-2.0 */
#include "journal/act.h"

int64_t act_journal(struct act *act, enum journal_type type, struct str subject,
                    int64_t row, struct str content)
{
    return journal_append(act->journal, act->tx,
                          &(struct journal_entry){
                              .type = type,
                              .subject = subject,
                              .row = row,
                              .version = 1,
                              .previous = -1,
                              .at = act->now,
                              .actor = act->actor,
                              .step = act->step,
                              .reason = act->reason,
                              .fields = &content,
                              .fields_n = 1,
                          });
}
