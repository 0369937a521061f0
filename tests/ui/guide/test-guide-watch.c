/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "guide/guide-watch.h"
#include "ui-kit.h"

typedef struct {
  GListStore *boards;
  JmpGuideWatch *watch;
  GString *events;
} Scene;

static void
event_cb (JmpGuideEvent event, JmpDevice *device, gpointer user_data)
{
  Scene *scene = user_data;

  assert_true (JMP_IS_DEVICE (device));
  g_string_append_c (scene->events, "rlu"[event]);
}

static Scene *
scene_new (JmpDevice *there)
{
  Scene *self = g_new0 (Scene, 1);

  self->boards = g_list_store_new (JMP_TYPE_DEVICE);
  self->events = g_string_new (NULL);
  if (there != NULL)
    g_list_store_append (self->boards, there);
  self->watch = jmp_guide_watch_new (G_LIST_MODEL (self->boards), event_cb, self);
  return self;
}

static void
scene_free (Scene *self)
{
  jmp_guide_watch_free (self->watch);
  g_object_unref (self->boards);
  g_string_free (self->events, TRUE);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

static gboolean
has_events (gpointer user_data)
{
  return ((Scene *)user_data)->events->len > 0;
}

static void
assert_events (Scene *self, const char *events)
{
  kit_wait (has_events, self);
  assert_string_equal (self->events->str, events);
  g_string_truncate (self->events, 0);
}

static void
test_guide_watch_is_silent_about_what_is_there (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (Scene) scene = scene_new (kit->device);

  assert_int_equal (scene->events->len, 0);
  assert_false (jmp_guide_watch_sees_running (scene->watch));
}

static void
test_guide_watch_sees_boards_come_and_go (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (Scene) scene = scene_new (NULL);

  g_list_store_append (scene->boards, kit->device);
  assert_events (scene, "u");
  g_list_store_remove_all (scene->boards);
  assert_events (scene, "l");
}

/* A board that nobody may open has arrived all the same. */
static void
test_guide_watch_takes_a_board_without_permission (void **state)
{
  g_autoptr (JmpDevice) device = kit_unusable_device_new (JMP_ERROR_PERMISSION);
  g_autoptr (Scene) scene = scene_new (NULL);

  g_list_store_append (scene->boards, device);
  assert_events (scene, "u");
}

static void
test_guide_watch_follows_one_row (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (Scene) scene = scene_new (kit->device);

  kit_board_unplug (kit);
  assert_events (scene, "l");
  kit_board_plug (kit);
  assert_events (scene, "u");
}

/* What has no power and leaves the list has left before. */
static void
test_guide_watch_says_nothing_twice (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (Scene) scene = scene_new (kit->device);

  kit_board_unplug (kit);
  assert_events (scene, "l");
  g_list_store_remove_all (scene->boards);
  assert_int_equal (scene->events->len, 0);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_guide_watch_is_silent_about_what_is_there),
    cmocka_unit_test (test_guide_watch_sees_boards_come_and_go),
    cmocka_unit_test (test_guide_watch_takes_a_board_without_permission),
    cmocka_unit_test (test_guide_watch_follows_one_row),
    cmocka_unit_test (test_guide_watch_says_nothing_twice),
  };

  return cmocka_run_group_tests_name ("ui/guide/guide-watch", tests, NULL, NULL);
}
