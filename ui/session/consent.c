/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/consent.h"

#include "session/status.h"
#include "words/words-regions.h"
#include "words/words-releases.h"

#include <glib/gi18n-lib.h>

/**
 * jmp_consent_free:
 * @self: (transfer full): something to agree to
 */
void
jmp_consent_free (JmpConsent *self)
{
  g_free (self->heading);
  g_free (self->body);
  g_free (self->word);
  g_free (self);
}

static JmpConsent *
add (GPtrArray *list, JmpConsentKind kind, const char *heading, char *body, const char *accept)
{
  JmpConsent *self = g_new0 (JmpConsent, 1);

  self->kind = kind;
  self->heading = g_strdup (heading);
  self->body = body;
  self->accept = accept;
  g_ptr_array_add (list, self);
  return self;
}

/* What the catalogue refuses is done only for who insists. */
static void
add_advice (GPtrArray *list, JmpSession *session)
{
  JmpBoard *board = jmp_session_get_board (session);

  for (guint i = 0; board != NULL && i < board->advice->len; i++) {
    const JmpAdvice *advice = &g_array_index (board->advice, JmpAdvice, i);

    if (advice->kind == JMP_ADVICE_REFUSE)
      add (list,
           JMP_CONSENT_REFUSED,
           _ ("Not Advised for This Board"),
           jmp_words_advice (advice),
           _ ("Install _Anyway"));
  }
}

/* What cannot be had again is only overwritten for who types its name. */
static void
add_protected (GPtrArray *list, JmpSession *session)
{
  g_autoptr (GArray) hits = jmp_session_find_protected (session);

  for (guint i = 0; i < hits->len; i++) {
    const JmpGuardHit *hit = &g_array_index (hits, JmpGuardHit, i);
    JmpConsent *consent = add (list,
                               JMP_CONSENT_PROTECTED,
                               _ ("Overwrite What Is Protected?"),
                               jmp_words_guard_hit (hit),
                               _ ("_Overwrite"));

    consent->word = g_strdup (hit->region->name);
  }
}

static const char *
say_backup (JmpSession *session)
{
  if (!jmp_session_can_back_up (session))
    return _ ("This board cannot be read, so there can be no backup of them.");
  return jmp_session_get_backup_first (session) ? _ ("They are kept in a backup first.")
                                                : _ ("No backup of them is made now.");
}

/**
 * jmp_consent_files_body:
 * @session: a session whose firmware is loaded
 *
 * What happens to the person's files, and whether the work begins with a backup of them, which they can
 * still say: see jmp_session_set_backup_first().
 *
 * Returns: (transfer full) (nullable): translated sentences, or %NULL when no files are lost
 */
char *
jmp_consent_files_body (JmpSession *session)
{
  g_autofree char *files = jmp_session_get_look (session) != NULL ? jmp_status_files_lost (session)
                                                                  : NULL;

  return files != NULL ? g_strdup_printf ("%s %s", files, say_backup (session)) : NULL;
}

static void
add_losses (GPtrArray *list, JmpSession *session)
{
  char *body = jmp_consent_files_body (session);

  if (body != NULL)
    add (list, JMP_CONSENT_FILES, _ ("Overwrite Your Files?"), body, _ ("_Overwrite"));
}

/**
 * jmp_consent_list:
 * @session: a session whose firmware is loaded
 *
 * Returns: (transfer full) (element-type JmpConsent): what has to be agreed to, the most serious first;
 *   mostly nothing
 */
GPtrArray *
jmp_consent_list (JmpSession *session)
{
  GPtrArray *list = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_consent_free);

  add_advice (list, session);
  add_protected (list, session);
  add_losses (list, session);
  return list;
}

/**
 * jmp_consent_is_needed:
 * @session: a session whose firmware is loaded
 *
 * Returns: whether there is something to agree to
 */
gboolean
jmp_consent_is_needed (JmpSession *session)
{
  g_autoptr (GPtrArray) list = jmp_consent_list (session);

  return list->len > 0;
}
