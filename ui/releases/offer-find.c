/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The worker of an offer. */

#include "releases/offer-private.h"

#include "release/practice.h"

typedef struct {
  JmpLibrary *library;
  JmpBoard *board;
  JmpLibraryAsk ask;
  gboolean practice; /* no real board */
} Look;

static void
look_free (gpointer data)
{
  Look *self = data;

  jmp_library_unref (self->library);
  jmp_board_unref (self->board);
  g_free (self);
}

void
jmp_offer_finding_free (JmpOfferFinding *self)
{
  jmp_found_free (self->found);
  g_hash_table_unref (self->here);
  g_free (self);
}

/* Says which of the releases take no network, by their addresses: every look makes releases anew. */
static GHashTable *
look_here (JmpLibrary *library, GPtrArray *releases)
{
  GHashTable *here = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  for (guint i = 0; i < releases->len; i++) {
    const JmpRelease *release = releases->pdata[i];
    guint64 size = 0;

    if (jmp_trust_is_local (release->url)
        || jmp_fetcher_has (jmp_library_get_fetcher (library), release, &size))
      g_hash_table_insert (here, g_strdup (release->url), g_memdup2 (&size, sizeof size));
  }
  return here;
}

static gint64
day_of_catalogue (JmpLibrary *library)
{
  const char *day = jmp_catalogue_get_generated (jmp_library_get_catalogue (library));
  g_autofree char *text = g_strconcat (day, "T00:00:00Z", NULL);
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, NULL);

  return time != NULL ? g_date_time_to_unix (time) : 0;
}

/* A practice board is there to learn without anything else: its own firmware takes no network. */
static void
add_practice (const Look *look, JmpFound *found)
{
  g_autoptr (GPtrArray) own = NULL;

  if (!look->practice || !jmp_board_is_called (look->board, JMP_PRACTICE_BOARD))
    return;
  own = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_release_unref);
  g_ptr_array_add (own, jmp_practice_release_new ());
  jmp_releases_merge (found->releases, own);
}

static void
find_func (GTask *task, gpointer source, gpointer task_data, GCancellable *cancellable)
{
  const Look *look = task_data;
  GError *error = NULL;
  JmpFound *found = jmp_library_find (look->library, look->board, look->ask, cancellable, &error);
  JmpOfferFinding *finding;

  if (found == NULL) {
    g_task_return_error (task, error);
    return;
  }
  add_practice (look, found);
  finding = g_new0 (JmpOfferFinding, 1);
  finding->ask = look->ask;
  finding->found = found;
  finding->here = look_here (look->library, found->releases);
  finding->date = look->ask != JMP_LIBRARY_ASK_NOBODY && found->problems->len == 0
                      ? g_get_real_time () / G_USEC_PER_SEC
                      : day_of_catalogue (look->library);
  g_task_return_pointer (task, finding, (GDestroyNotify)jmp_offer_finding_free);
}

void
jmp_offer_find_async (JmpOffer *offer,
                      JmpLibrary *library,
                      JmpBoard *board,
                      JmpLibraryAsk ask,
                      gboolean practice,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, g_object_ref (offer));
  Look *look = g_new0 (Look, 1);

  look->library = jmp_library_ref (library);
  look->board = jmp_board_ref (board);
  look->ask = ask;
  look->practice = practice;
  g_task_set_task_data (task, look, look_free);
  g_task_run_in_thread (task, find_func);
}

JmpOfferFinding *
jmp_offer_find_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

gboolean
jmp_offer_finding_has (const JmpOfferFinding *self, JmpRelease *release, guint64 *size)
{
  const guint64 *found = self != NULL ? g_hash_table_lookup (self->here, release->url) : NULL;

  if (size != NULL)
    *size = found != NULL && *found > 0 ? *found : release->size;
  return found != NULL;
}

/* The file of the release came. */
void
jmp_offer_finding_add (JmpOfferFinding *self, JmpRelease *release)
{
  const guint64 size = release->size;

  if (!jmp_offer_finding_has (self, release, NULL))
    g_hash_table_insert (self->here, g_strdup (release->url), g_memdup2 (&size, sizeof size));
}
