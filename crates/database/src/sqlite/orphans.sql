-- The columns of the first violated foreign key of a table.
select l."from" from pragma_foreign_key_list(?1) as l
where l.id = (select c.fkid from pragma_foreign_key_check(?1) as c limit 1)
order by l.seq;
