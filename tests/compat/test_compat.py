#!/usr/bin/env python3
# SPDX-FileCopyrightText: The gnupg-pkcs11-scd 3 authors
# SPDX-License-Identifier: BSD-3-Clause
"""Does the comparison with 0.10 find what it has to find?"""

import os
import subprocess
import sys
import tempfile
import time
import unittest

sys.dont_write_bytecode = True

from compat import (  # noqa: E402
    Broken, items, job, normal, report, stage, verdict)


def item(*lines):
    """An item as a file of the list has it."""
    text = 'group G\nitem I\n' + '\n'.join(lines) + '\n'
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(folder, 'a.list'), 'w', encoding='utf-8') as f:
            f.write(text)
        return items.read_list(folder)[0]


def judge(lines, old, ours):
    return verdict.judge(item(*lines), {'old': old, 'ours': ours},
                         {'old': {'n': '1'}, 'ours': {'n': '2'}}).name


BETTER = ('better why', 'old crash', 'ours fine {_}', 'run')


class Verdicts(unittest.TestCase):
    def test_equal_is_same(self):
        self.assertEqual(judge(['run'], ['a', 'b'], ['a', 'b']), 'same')

    def test_unequal_is_different(self):
        self.assertEqual(judge(['run'], ['a'], ['b']), 'different')
        self.assertEqual(judge(['run'], ['a'], ['a', 'b']), 'different')
        self.assertEqual(judge(['run'], ['a', 'b'], ['b', 'a']), 'different')

    def test_expected_of_both_is_better(self):
        self.assertEqual(judge(BETTER, ['a', 'crash'], ['a', 'fine 1']),
                         'better')

    def test_equal_is_never_better(self):
        self.assertEqual(judge(BETTER, ['crash'], ['crash']), 'different')
        self.assertEqual(judge(BETTER, ['fine 1'], ['fine 1']), 'different')

    def test_no_defect_is_different(self):
        self.assertEqual(judge(BETTER, ['works'], ['fine 1']), 'different')

    def test_not_what_was_promised_is_different(self):
        self.assertEqual(judge(BETTER, ['crash'], ['awful']), 'different')

    def test_another_difference_is_different(self):
        self.assertEqual(judge(BETTER, ['crash', 'a'], ['fine 1', 'b']),
                         'different')

    def test_the_wrong_way_round_is_different(self):
        self.assertEqual(judge(BETTER, ['fine 1'], ['crash']), 'different')

    def test_nothing_is_an_expectation_too(self):
        lines = ('better why', 'old nothing', 'ours more', 'run')
        self.assertEqual(judge(lines, ['a'], ['a', 'more']), 'better')
        self.assertEqual(judge(lines, ['a'], ['a', 'less']), 'different')

    def test_values_are_those_of_each(self):
        lines = ('better why', 'old x{n}', 'ours y{n}', 'run')
        self.assertEqual(judge(lines, ['x1'], ['y2']), 'better')
        self.assertEqual(judge(lines, ['x2'], ['y2']), 'different')

    def test_which_of_equal_lines_does_not_matter(self):
        lines = ('better why', 'old a', 'ours b', 'run')
        self.assertEqual(judge(lines, ['a', 'c', 'a'], ['a', 'c', 'b']),
                         'better')


class Lists(unittest.TestCase):
    def refused(self, *lines):
        self.assertRaises(Broken, item, *lines)

    def test_better_needs_both(self):
        self.refused('better why', 'run')
        self.refused('better why', 'old a', 'run')
        self.refused('better why', 'ours a', 'run')
        self.refused('better why', 'old nothing', 'ours nothing', 'run')

    def test_expectations_need_a_reason(self):
        self.refused('old a', 'ours b', 'run')

    def test_help_for_ours_is_in_the_title(self):
        self.refused('ours-conf verbose', 'run')
        self.refused('run', 'item J', 'ours-conf verbose', 'run')
        self.assertEqual(item('run', 'item J (verbose)', 'ours-conf verbose',
                              'run').title, 'I')

    def test_an_item_does_something(self):
        self.refused()

    def test_two_of_one_name(self):
        self.refused('run', 'item I', 'run')

    def test_an_unknown_need(self):
        self.refused('needs luck', 'run')

    def test_steps_of_the_group_come_first(self):
        with tempfile.TemporaryDirectory() as folder:
            with open(os.path.join(folder, 'a.list'), 'w',
                      encoding='utf-8') as f:
                f.write('group G\nusual\nitem I\nrun\ngroup H\nitem J\nlist\n')
            found = items.read_list(folder)
        self.assertEqual([[step[0] for step in one.steps] for one in found],
                         [['usual', 'run'], ['list']])


class Normal(unittest.TestCase):
    def test_places_and_processes(self):
        one = normal.Normal({'/tmp/x': 'DIR', '/tmp/x/p': 'PROGRAM'})
        one.pids.add(42)
        self.assertEqual(
            one.text('/tmp/x/p /tmp/x/gnupg-pkcs11-scd.aB3_xS/agent.S:42:1 '
                     '142'),
            'PROGRAM DIR/gnupg-pkcs11-scd.XXXXXX/agent.S:PID:1 142')

    def test_errors_and_questions(self):
        self.assertEqual(normal.answer('ERR 27 Not found <Unspecified source>'),
                         normal.answer('ERR 100663323 Not found <SCD> - no'))
        self.assertNotEqual(normal.answer('ERR 27 Not found'),
                            normal.answer('ERR 28 Not found'))
        self.assertEqual(normal.answer('INQUIRE NEEDPIN ||words'),
                         'INQUIRE NEEDPIN')
        self.assertEqual(normal.answer('S SERIALNO D27 0'), 'S SERIALNO D27 0')

    def test_data(self):
        self.assertEqual(normal.data(b'0.10.0', {}), 'D 0.10.0')
        self.assertEqual(normal.data(b'\0\1', {}), 'D hex 0001')
        self.assertNotEqual(normal.data(b'a' * 200, {}),
                            normal.data(b'b' * 200, {}))


class Documents(unittest.TestCase):
    def test_each_item_is_a_row(self):
        one = item('better a | b', 'old x', 'ours y', 'run')
        self.assertIn('| I | better | a \\| b |', report.document([one]))


class Threads(unittest.TestCase):
    def test_who_waits_is_seen(self):
        with subprocess.Popen(['cat'], stdin=subprocess.PIPE) as waiting:
            for _ in range(6000):
                if [one[1] for one in job.threads(waiting.pid)] == ['S']:
                    break
                time.sleep(0.01)
            else:
                self.fail('cat does not wait')
        self.assertEqual(job.threads(waiting.pid), [])


    def test_who_works_is_not_taken_for_one_who_stays(self):
        short, stage.SHORT = stage.SHORT, 0.2
        try:
            with subprocess.Popen(['sleep', '1000']) as waiting:
                self.assertFalse(self.ends(waiting))
                waiting.kill()
            busy = 'i=0; while [ $i -lt 300000 ]; do i=$((i + 1)); done'
            with subprocess.Popen(['sh', '-c', busy]) as working:
                self.assertTrue(self.ends(working))
        finally:
            stage.SHORT = short

    @staticmethod
    def ends(process):
        return stage.Stage.ends(None, lambda: [process.pid]
                                if process.poll() is None else [])


class Processes(unittest.TestCase):
    def test_nothing_lives_on(self):
        with tempfile.TemporaryDirectory() as folder:
            name = os.path.join(folder, 'pid')

            def leave_one():
                os.system('setsid sleep 100 & echo $! >%s' % name)
                return {}
            os.waitpid(job.start(leave_one, os.path.join(folder, 'r')), 0)
            with open(name, encoding='ascii') as f:
                self.assertFalse(os.path.exists('/proc/' + f.read().strip()))


if __name__ == '__main__':
    unittest.main()
