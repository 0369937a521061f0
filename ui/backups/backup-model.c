/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "backups/backup-model-private.h"

#include "base/error.h"

enum {
  SIGNAL_CHANGED,
  SIGNAL_PROGRESS,
  SIGNAL_KEPT,
  SIGNAL_PROBLEM,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* --- The list --- */

static GType
get_item_type (GListModel *list)
{
  return JMP_TYPE_BACKUP_ITEM;
}

static guint
get_n_items (GListModel *list)
{
  return JMP_BACKUP_MODEL (list)->items->len;
}

static gpointer
get_item (GListModel *list, guint position)
{
  JmpBackupModel *self = JMP_BACKUP_MODEL (list);

  return position < self->items->len ? g_object_ref (g_ptr_array_index (self->items, position))
                                     : NULL;
}

static void
list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (JmpBackupModel,
                               jmp_backup_model,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_init))

void
jmp_backup_model_changed (JmpBackupModel *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

void
jmp_backup_model_progress (JmpBackupModel *self)
{
  g_signal_emit (self, signals[SIGNAL_PROGRESS], 0);
}

void
jmp_backup_model_kept (JmpBackupModel *self, JmpBackup *backup)
{
  g_signal_emit (self, signals[SIGNAL_KEPT], 0, backup);
}

/* What was stopped is no problem. */
void
jmp_backup_model_problem (JmpBackupModel *self, JmpBackupChore chore, const GError *error)
{
  if (!jmp_error_is_cancelled (error))
    g_signal_emit (self, signals[SIGNAL_PROBLEM], 0, (int)chore, error);
}

JmpBackupItem *
jmp_backup_model_find (JmpBackupModel *self, const char *id)
{
  for (guint i = 0; i < self->items->len; i++) {
    JmpBackupItem *item = g_ptr_array_index (self->items, i);

    if (g_str_equal (jmp_backup_item_get_backup (item)->id, id))
      return item;
  }
  return NULL;
}

/* The row of a backup that was there before, if it is the same; what was found out about it stands. */
static JmpBackupItem *
make_item (JmpBackupModel *self, JmpBackup *backup)
{
  JmpBackupItem *known = jmp_backup_model_find (self, backup->id);

  if (known != NULL && g_strcmp0 (jmp_backup_item_get_backup (known)->sha256, backup->sha256) == 0
      && (jmp_backup_item_get_state (known) == JMP_BACKUP_DAMAGED) >= (backup->problem != NULL))
    return g_object_ref (known);
  return jmp_backup_item_new (backup);
}

static gboolean
starts_alike (GPtrArray *one, GPtrArray *other, guint at)
{
  return at < one->len && at < other->len
         && g_ptr_array_index (one, at) == g_ptr_array_index (other, at);
}

/* Puts @backups in the place of what was listed. Only the rows between those that stay are told of, so
 * that the focus is not lost to a new backup above it. */
void
jmp_backup_model_take_list (JmpBackupModel *self, GPtrArray *backups)
{
  g_autoptr (GPtrArray) before = self->items;
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);
  guint start = 0;
  guint end = 0;

  for (guint i = 0; i < backups->len; i++)
    g_ptr_array_add (items, make_item (self, g_ptr_array_index (backups, i)));
  while (starts_alike (before, items, start))
    start++;
  while (end < MIN (before->len, items->len) - start
         && g_ptr_array_index (before, before->len - 1 - end)
                == g_ptr_array_index (items, items->len - 1 - end))
    end++;
  self->items = items;
  self->listed = TRUE;
  if (before->len != items->len || start < items->len)
    g_list_model_items_changed (
        G_LIST_MODEL (self), start, before->len - start - end, items->len - start - end);
  jmp_backup_model_changed (self);
}

/* Says which board it is now, as long as a twin is there, or none; whether that is another than before. */
gboolean
jmp_backup_model_identify (JmpBackupModel *self)
{
  char *identity = jmp_backup_identity (self->device, self->boards);
  const gboolean is_other = g_strcmp0 (identity, self->identity) != 0;

  g_free (self->identity);
  self->identity = identity;
  return is_other;
}

/* --- Life --- */

/* A board that could not be opened tells its serial number later. */
static void
device_changed_cb (JmpBackupModel *self)
{
  if (jmp_backup_model_identify (self))
    jmp_backup_model_refresh (self);
  jmp_backup_model_changed (self);
}

static void
jmp_backup_model_dispose (GObject *object)
{
  JmpBackupModel *self = JMP_BACKUP_MODEL (object);

  g_cancellable_cancel (self->cancellable);
  if (self->job != NULL)
    jmp_job_cancel (self->job);
  g_clear_object (&self->job);
  g_clear_object (&self->compared);
  g_clear_object (&self->device);
  g_clear_object (&self->boards);
  G_OBJECT_CLASS (jmp_backup_model_parent_class)->dispose (object);
}

static void
jmp_backup_model_finalize (GObject *object)
{
  JmpBackupModel *self = JMP_BACKUP_MODEL (object);

  g_ptr_array_unref (self->items);
  g_clear_pointer (&self->keeper, jmp_backup_keeper_unref);
  jmp_backup_store_unref (self->store);
  g_object_unref (self->cancellable);
  g_free (self->identity);
  jmp_backup_about_clear (&self->about);
  G_OBJECT_CLASS (jmp_backup_model_parent_class)->finalize (object);
}

static void
jmp_backup_model_class_init (JmpBackupModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GType type = JMP_TYPE_BACKUP_MODEL;

  object_class->dispose = jmp_backup_model_dispose;
  object_class->finalize = jmp_backup_model_finalize;
  signals[SIGNAL_CHANGED] = g_signal_new (
      "changed", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_PROGRESS] = g_signal_new (
      "progress", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_KEPT] = g_signal_new (
      "kept", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
  signals[SIGNAL_PROBLEM] = g_signal_new ("problem",
                                          type,
                                          G_SIGNAL_RUN_LAST,
                                          0,
                                          NULL,
                                          NULL,
                                          NULL,
                                          G_TYPE_NONE,
                                          2,
                                          G_TYPE_INT,
                                          G_TYPE_ERROR);
}

static void
jmp_backup_model_init (JmpBackupModel *self)
{
  self->items = g_ptr_array_new_with_free_func (g_object_unref);
  self->cancellable = g_cancellable_new ();
}

/**
 * jmp_backup_model_new:
 * @store: where backups are
 * @device: the board
 * @boards: (nullable) (element-type JmpDevice): all boards that are there, of which it is one
 *
 * The backups of one board. They are not read before jmp_backup_model_refresh().
 *
 * Returns: (transfer full): the model
 */
JmpBackupModel *
jmp_backup_model_new (JmpBackupStore *store, JmpDevice *device, GListModel *boards)
{
  JmpBackupModel *self = g_object_new (JMP_TYPE_BACKUP_MODEL, NULL);

  self->store = jmp_backup_store_ref (store);
  self->device = g_object_ref (device);
  g_set_object (&self->boards, boards);
  jmp_backup_model_identify (self);
  g_signal_connect_object (
      device, "notify", G_CALLBACK (device_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

void
jmp_backup_about_clear (JmpBackupAbout *about)
{
  g_free ((char *)about->board_name);
  g_free ((char *)about->board_id);
  g_free ((char *)about->version);
  g_free ((char *)about->machine);
  *about = (JmpBackupAbout){ 0 };
}

/**
 * jmp_backup_model_set_about:
 * @self: a model
 * @about: what is known of the board now; copied
 *
 * Says what is to be written down with the next backup.
 */
void
jmp_backup_model_set_about (JmpBackupModel *self, const JmpBackupAbout *about)
{
  const JmpBackupAbout copy = {
    .board_name = g_strdup (about->board_name),
    .board_id = g_strdup (about->board_id),
    .version = g_strdup (about->version),
    .machine = g_strdup (about->machine),
  };

  jmp_backup_about_clear (&self->about);
  self->about = copy;
}

/**
 * jmp_backup_model_hold:
 * @self: a model
 * @held: whether somebody else works with the board
 */
void
jmp_backup_model_hold (JmpBackupModel *self, gboolean held)
{
  if (self->held == held)
    return;
  self->held = held;
  jmp_backup_model_changed (self);
}

/**
 * jmp_backup_model_forget_comparisons:
 * @self: a model
 *
 * The board was changed: what it was compared with counts no longer.
 */
void
jmp_backup_model_forget_comparisons (JmpBackupModel *self)
{
  for (guint i = 0; i < self->items->len; i++) {
    JmpBackupItem *item = g_ptr_array_index (self->items, i);
    const JmpBackupState state = jmp_backup_item_get_state (item);

    if (state == JMP_BACKUP_IDENTICAL || state == JMP_BACKUP_DIFFERENT)
      jmp_backup_item_set_state (item, JMP_BACKUP_WHOLE, NULL);
  }
}

/**
 * jmp_backup_model_get_store:
 * @self: a model
 *
 * Returns: (transfer none): where the backups are
 */
JmpBackupStore *
jmp_backup_model_get_store (JmpBackupModel *self)
{
  return self->store;
}

/**
 * jmp_backup_model_is_listed:
 * @self: a model
 *
 * Returns: whether the list was read, so that an empty one means something
 */
gboolean
jmp_backup_model_is_listed (JmpBackupModel *self)
{
  return self->listed;
}

/**
 * jmp_backup_model_can_work:
 * @self: a model
 *
 * Returns: whether the board can be read now
 */
gboolean
jmp_backup_model_can_work (JmpBackupModel *self)
{
  return !self->held && self->work == JMP_BACKUP_CHORE_NONE
         && jmp_device_get_mode (self->device) == JMP_DEVICE_DFU
         && jmp_device_get_info (self->device) != NULL;
}

/**
 * jmp_backup_model_get_work:
 * @self: a model
 *
 * Returns: what is being done with the board: %JMP_BACKUP_CHORE_KEEP, %JMP_BACKUP_CHORE_COMPARE or
 *   %JMP_BACKUP_CHORE_NONE
 */
JmpBackupChore
jmp_backup_model_get_work (JmpBackupModel *self)
{
  return self->work;
}

/**
 * jmp_backup_model_get_progress:
 * @self: a model
 *
 * Returns: how far that is
 */
JmpProgress
jmp_backup_model_get_progress (JmpBackupModel *self)
{
  const JmpProgress none = { 0 };

  return self->job != NULL ? jmp_job_get_progress (self->job) : none;
}
