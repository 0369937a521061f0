/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "device/rows-private.h"

#include "device/identity.h"

/* @device: what the list shows; @seen: the look that it shows now, perhaps @device itself, NULL while
 * the board is gone; @added: put there by somebody, not by a look */
typedef struct {
  JmpDevice *device;
  JmpDevice *seen;
  gboolean added;
  gboolean here;
  guint holds;
} Row;

struct _JmpRows {
  GPtrArray *rows;
  JmpRowsFunc changed;
  gpointer user_data;
};

static void
row_free (gpointer data)
{
  Row *self = data;

  g_clear_object (&self->device);
  g_clear_object (&self->seen);
  g_free (self);
}

JmpRows *
jmp_rows_new (JmpRowsFunc changed, gpointer user_data)
{
  JmpRows *self = g_new0 (JmpRows, 1);

  self->rows = g_ptr_array_new_with_free_func (row_free);
  self->changed = changed;
  self->user_data = user_data;
  return self;
}

void
jmp_rows_free (JmpRows *self)
{
  g_ptr_array_unref (self->rows);
  g_free (self);
}

guint
jmp_rows_get_length (JmpRows *self)
{
  return self->rows->len;
}

/* Borrowed; NULL past the end. */
JmpDevice *
jmp_rows_get (JmpRows *self, guint position)
{
  return position < self->rows->len ? ((Row *)self->rows->pdata[position])->device : NULL;
}

static Row *
find_row (JmpRows *self, JmpDevice *device, guint *position)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];

    if (row->device == device) {
      *position = i;
      return row;
    }
  }
  return NULL;
}

static Row *
append_row (JmpRows *self, JmpDevice *device, gboolean added)
{
  Row *row = g_new0 (Row, 1);

  row->device = g_object_ref (device);
  row->added = added;
  row->here = TRUE;
  g_ptr_array_add (self->rows, row);
  return row;
}

static void
remove_row (JmpRows *self, guint position)
{
  g_ptr_array_remove_index (self->rows, position);
  self->changed (position, 1, 0, self->user_data);
}

/* A row that stays whatever is on the bus. */
void
jmp_rows_add (JmpRows *self, JmpDevice *device)
{
  append_row (self, device, TRUE);
  self->changed (self->rows->len - 1, 0, 1, self->user_data);
}

void
jmp_rows_remove (JmpRows *self, JmpDevice *device)
{
  guint position;

  if (find_row (self, device, &position) != NULL)
    remove_row (self, position);
}

void
jmp_rows_hold (JmpRows *self, JmpDevice *device)
{
  guint position;
  Row *row = find_row (self, device, &position);

  if (row != NULL)
    row->holds++;
}

void
jmp_rows_release (JmpRows *self, JmpDevice *device)
{
  guint position;
  Row *row = find_row (self, device, &position);

  if (row == NULL)
    return;
  g_return_if_fail (row->holds > 0);
  row->holds--;
  if (row->holds == 0 && !row->here)
    remove_row (self, position);
}

typedef enum {
  SAME_PORT,
  ANY_PORT
} Search;

/* The row of which @seen is the next look: one whose board was not seen this time. */
static Row *
find_home (JmpRows *self, JmpDevice *seen, Search search)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];
    gboolean same_port = g_str_equal (jmp_device_get_path (row->device),
                                      jmp_device_get_path (seen));

    if (!row->here && (same_port || search == ANY_PORT) && jmp_identity_is_same (row->device, seen))
      return row;
  }
  return NULL;
}

static void
mark_present (JmpRows *self, GPtrArray *present)
{
  for (guint i = 0; i < self->rows->len; i++) {
    Row *row = self->rows->pdata[i];

    row->here = row->added || (row->seen != NULL && g_ptr_array_find (present, row->seen, NULL));
  }
}

static gboolean
is_shown (JmpRows *self, JmpDevice *seen)
{
  for (guint i = 0; i < self->rows->len; i++)
    if (((Row *)self->rows->pdata[i])->seen == seen)
      return TRUE;
  return FALSE;
}

static void
drop_absent (JmpRows *self)
{
  for (guint i = self->rows->len; i-- > 0;) {
    Row *row = self->rows->pdata[i];

    if (row->here)
      continue;
    if (row->holds == 0) {
      remove_row (self, i);
    } else if (row->seen != NULL) {
      g_clear_object (&row->seen);
      jmp_device_set_gone (row->device);
    }
  }
}

static void
show_at_home (JmpRows *self, GPtrArray *present, Search search)
{
  for (guint i = 0; i < present->len; i++) {
    JmpDevice *seen = present->pdata[i];
    Row *row = is_shown (self, seen) ? NULL : find_home (self, seen, search);

    if (row == NULL)
      continue;
    row->here = TRUE;
    g_set_object (&row->seen, seen);
    jmp_device_update (row->device, seen);
  }
}

static void
show_new (JmpRows *self, GPtrArray *present)
{
  for (guint i = 0; i < present->len; i++) {
    JmpDevice *seen = present->pdata[i];

    if (is_shown (self, seen))
      continue;
    append_row (self, seen, FALSE)->seen = g_object_ref (seen);
    self->changed (self->rows->len - 1, 0, 1, self->user_data);
  }
}

/* Makes the rows show @present: what a look found, where the same object again is a board that did not
 * change. A board keeps its row when it was out and in again between two looks; the port decides
 * between boards that look alike. */
void
jmp_rows_update (JmpRows *self, GPtrArray *present)
{
  mark_present (self, present);
  show_at_home (self, present, SAME_PORT);
  show_at_home (self, present, ANY_PORT);
  show_new (self, present);
  drop_absent (self);
}
